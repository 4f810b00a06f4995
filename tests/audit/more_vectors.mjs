// Makes the vectors of tests/vectors/more.json by docs/audit.md alone, signed with the published seeds of its keys:
//
//   node tests/audit/more_vectors.mjs tests/vectors/more.json
import { createHash, createPrivateKey, sign } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
const here = new URL('../vectors/', import.meta.url);
const keys = readFileSync(new URL('small.keys', here), 'utf8').trim().split('\n');
const H = (...p) => createHash('sha256').update(Buffer.concat(p.map((x) => Buffer.from(x)))).digest();
const secret = (from) => createPrivateKey({ format: 'der', type: 'pkcs8', key: Buffer.concat([
  Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.from(Array.from({ length: 32 }, (_, i) => from + i))]) });
const LOG = secret(1), WIT = secret(33), OTHER = secret(97);
const name = (k) => k.split('+')[0];
const id = (k) => Buffer.from(k.split('+')[1], 'hex');
const line = (k, bytes) => `— ${name(k)} ${Buffer.concat([id(k), bytes]).toString('base64')}\n`;
const c = (v) => Array.isArray(v) ? `[${v.map(c).join()}]` : v && typeof v === 'object'
  ? `{${Object.keys(v).sort().map((n) => `${JSON.stringify(n)}:${c(v[n])}`).join()}}` : JSON.stringify(v);
const split = (n) => { let k = 1; while (k * 2 < n) k *= 2; return k; };
const root = (l) => l.length === 1 ? l[0] : H([1], root(l.slice(0, split(l.length))), root(l.slice(split(l.length))));
const path = (m, l) => { if (l.length === 1) return []; const k = split(l.length);
  return m < k ? [...path(m, l.slice(0, k)), root(l.slice(k))] : [...path(m - k, l.slice(k)), root(l.slice(0, k))]; };
const O = 'northmoor.example/decisions';
const D = 'decision:A';
const T = (i) => `2026-03-13T09:30:00.${String(i).padStart(6, '0')}Z`;
const opened = { type: 'log.opened', stream: 'log:x', n: 1, data: { origin: O } };
const taken = (data = {}) => ({ type: 'decision.taken', stream: D, n: 1, data });
const f = (type, stream, n, data = {}) => ({ type, stream, n, data });
const seal = (salt, value) => { const d = H(Buffer.from(c([salt, value])).toString('base64url')).toString('base64url');
  return { o: { private: d, salt, value }, s: { $private: d } }; };

// hide: positions withheld; drop: positions left out.
function bundle(facts, { authority = [], openings = [], hide = [], drop = [], change = (b) => b, note = (n) => n,
  ext = '', origin = O, size, sigs, decision = D } = {}) {
  const lines = facts.map((x, i) => typeof x === 'string' ? x : c({ recorded_at: T(i), ...x }));
  const leaf = lines.map((l) => H([0], l));
  const text = `${origin}\n${size ?? lines.length}\n${root(leaf).toString('base64')}\n${ext}`;
  const s = (sigs ?? ((t) => line(keys[0], sign(null, Buffer.from(t), LOG))))(text);
  const b = { authority, checkpoint: note(`${text}\n${s}`), decision, format: 'decisionlog-bundle@v1', openings,
    facts: lines.map((l, i) => ({ line: hide.includes(i + 1) ? c({ $withheld: leaf[i].toString('hex') }) : l,
      path: path(i, leaf).map((p) => p.toString('base64')), position: i + 1 })).filter((x) => !drop.includes(x.position)) };
  const out = change(b);
  return typeof out === 'string' ? out : `${c(out)}\n`;
}
const cases = [];
const add = (exit, name, facts, options) => cases.push({ bundle: bundle(facts, options), exit, name });
const dg = (x, data = {}, n = 1) => f('delegation.granted', `delegation:${x}`, n, data);
const deep = (levels) => { let v = '[]'; for (let i = 1; i < levels; i += 1) v = `[${v}]`; return JSON.parse(v); };

// canonical JSON
const factOf = (levels) => ({ ...taken(), x: deep(levels - 1) });
add(0, 'a line with 64 levels', [opened, factOf(64)]);
add(2, 'a line with 65 levels', [opened, factOf(65)]);
add(2, 'a scalar at level 65', [opened, { ...taken(), x: JSON.parse(c(deep(63)).replace('[]', '[1]')) }]);
add(2, 'minus zero', [opened, c({ ...taken(), recorded_at: T(1), x: 'Z' }).replace('"Z"', '-0')]);
add(2, 'an exponent', [opened, c({ ...taken(), recorded_at: T(1), x: 'Z' }).replace('"Z"', '1e2')]);
add(2, 'half a pair in a line', [opened, c({ ...taken(), recorded_at: T(1), x: 'Z' }).replace('"Z"', '"\\ud800"')]);
add(2, 'a byte order mark', [opened, taken()], { change: (b) => `\ufeff${c(b)}\n` });
add(2, 'two newlines', [opened, taken()], { change: (b) => `${c(b)}\n\n` });
add(0, 'a name that is __proto__', [opened, { ...taken(), ['__proto__']: 1, x: JSON.parse('{"__proto__":{"n":2}}') }]);
// shapes
const shape = (exit, what, change) => add(exit, what, [opened, taken({ t: seal('s', 1).s })], { change,
  openings: [{ position: 2, ...seal('s', 1).o }] });
shape(0, 'an opening of a number', (b) => b);
shape(2, 'position 0 of a fact', (b) => { b.facts[0].position = 0; return b; });
shape(2, 'position 0 of an opening', (b) => { b.openings[0].position = 0; return b; });
shape(2, 'position 0 in the authority', (b) => { b.authority = [[0]]; return b; });
shape(2, 'a salt that is a number', (b) => { b.openings[0].salt = 1; return b; });
shape(2, 'private that is null', (b) => { b.openings[0].private = null; return b; });
shape(2, 'a decision that is null', (b) => { b.decision = null; return b; });
shape(2, 'facts that are an object', (b) => { b.facts = {}; return b; });
shape(3, 'no facts', (b) => { b.facts = []; b.openings = []; return b; });
// checkpoints
const note = (exit, what, o) => add(exit, what, [opened, taken()], o);
note(0, 'a further line', { ext: 'more\n' });
note(2, 'an empty further line', { ext: '\nmore\n' });
note(2, 'a control character in the text', { ext: 'a\tb\n' });
note(2, 'a size with a leading zero', { size: '02' });
note(2, 'a root of 31 bytes', { note: (n) => n.replace(/\n2\n[^\n]*\n/, `\n2\n${Buffer.alloc(31).toString('base64')}\n`) });
note(2, 'no signature', { sigs: () => '' });
note(2, 'a signature line without its newline', { note: (n) => n.slice(0, -1) });
note(2, 'base64 of a signature that is not the usual', { note: (n) => n.replace(/=\n$/, '\n') });
const log = (t) => line(keys[0], sign(null, Buffer.from(t), LOG));
const filler = (n) => Array.from({ length: n }, (_, i) => `— filler${i} AAAAAAA=\n`).join('');
note(0, '64 signatures', { sigs: (t) => log(t) + filler(63) });
note(2, '65 signatures', { sigs: (t) => log(t) + filler(64) });
note(3, 'a log key whose signature is too short', { sigs: (t) => line(keys[0], sign(null, Buffer.from(t), LOG).subarray(1)) });
note(3, 'only the partner has signed', { sigs: (t) => {
  const time = Buffer.alloc(8); time.writeBigUInt64BE(7n);
  return line(keys[1], Buffer.concat([time, sign(null, Buffer.from(`cosignature/v1\ntime 7\n${t}`), WIT)])); } });
note(0, 'the key of another log has signed as well', { sigs: (t) => log(t) + line(keys[2], sign(null, Buffer.from(t), OTHER)) });
note(3, 'the key of another log has signed something else as well', { sigs: (t) => log(t) + line(keys[2], sign(null, Buffer.from('x'), OTHER)) });
note(3, 'a log of another origin in its first fact', { origin: 'other.example/decisions', sigs: (t) => line(keys[2], sign(null, Buffer.from(t), OTHER)) });
// order
add(3, 'the first fact is not the opening', [{ ...opened, type: 'log.other' }, taken()]);
add(3, 'a decision of another type', [opened, { ...taken(), type: 'decision.other' }]);
add(3, 'the first of the stream was not the taking', [opened, f('decision.other', D, 1), f('decision.taken', D, 2)]);
add(3, 'the clock goes back', [opened, { ...taken(), recorded_at: T(9) }, f('x', 'y', 1)]);
add(0, 'the clock stands', [opened, { ...taken(), recorded_at: T(0) }]);
add(0, 'the clock by code points', [{ ...opened, recorded_at: '\uffee' }, { ...taken(), recorded_at: '\u{10000}' }]);
add(3, 'the clock by code points, back', [{ ...opened, recorded_at: '\u{10000}' }, { ...taken(), recorded_at: '\uffee' }]);
add(3, 'a number twice', [opened, taken(), f('x', D, 1)]);
add(3, 'number 0', [opened, taken(), f('x', 'y', 0)]);
add(3, 'no clock', [opened, taken(), { ...f('x', 'y', 1), recorded_at: null }]);
add(3, 'no stream', [opened, taken(), f('x', null, 1)]);
add(3, 'a number that is a text', [opened, taken(), f('x', 'y', '1')]);
add(3, 'withheld in upper case', [opened, taken(), f('x', 'y', 1)], { change: (b) => { b.facts[2].line = c({ $withheld: 'A'.repeat(64) }); return b; } });
const gap = [opened, taken(), f('x', 'y', 1), f('x', D, 2), f('x', D, 3), f('x', 'z', 1)];
add(0, 'a gap that is withheld', gap, { hide: [4] });
add(0, 'a gap, while another fact is withheld before it', gap, { hide: [3], drop: [4] });
add(3, 'a gap, while a fact is withheld before its neighbours', [opened, f('x', 'y', 1), taken(), f('x', D, 2), f('x', D, 3)], { hide: [2], drop: [4] });
add(3, 'a gap, while a fact is withheld only after it', gap, { hide: [6], drop: [4] });
add(3, 'two gaps, one fact withheld', [opened, taken(), f('x', 'y', 1), f('x', D, 2), f('x', D, 3), f('x', 'z', 1), f('x', 'z', 2)], { hide: [4], drop: [6] });
add(3, 'a gap and a delegation that lacks, one fact withheld', [opened, taken({ delegation: 'delegation:1' }), dg('1'), f('x', D, 2), f('x', D, 3)], { hide: [4], drop: [3] });
// named
const lacks = (exit, what, data) => add(exit, `named: ${what}`, [opened, taken(data)]);
lacks(3, 'under parent', { parent: 'delegation:1' });
lacks(3, 'under continues', { continues: 'delegation:1' });
lacks(3, 'in an array of arrays', { a: [{ delegation: [['delegation:1']] }] });
lacks(0, 'under another name', { delegations: 'delegation:1' });
lacks(0, 'not a delegation', { parent: 'body:1' });
add(3, 'named by a delegation', [opened, taken({ delegation: 'delegation:1' }), dg('1', { parent: 'delegation:2' })], { authority: [[3]] });
add(0, 'named by what is neither', [opened, taken(), f('x', 'body:1', 1, { parent: 'delegation:2' })]);
const corr = (path, now, type = 'record.corrected') => f(type, D, 2, { changes: [{ path, now }] });
add(3, 'corrected, a text', [opened, taken(), corr('/authority/0/delegation', 'delegation:1')]);
add(3, 'corrected, an array', [opened, taken(), corr('/x/delegation/0', ['delegation:1'])]);
add(0, 'corrected, by another type', [opened, taken(), corr('/delegation', 'delegation:1', 'record.other')]);
add(0, 'corrected, elsewhere', [opened, taken(), corr('/delegation/x', 'delegation:1')]);
add(3, 'corrected, an object', [opened, taken(), corr('/x', { parent: 'delegation:1' })]);
// the chain
const chain = (exit, what, facts, authority) => add(exit, `chain: ${what}`, [opened, ...facts], { authority });
chain(0, 'of makers alone', [taken({ decision_makers: ['body:1'] }), f('body.constituted', 'body:1', 1, { parents: [{ parent: 'body:0' }] }),
  f('function.duty_placed', 'function:1', 1, { holder: 'body:0' })], [[3], [4]]);
chain(0, 'reconstituted, joined', [taken({ decision_makers: 'body:1' }), f('body.reconstituted', 'body:1', 1, { parents: [{ parent: 'body:0' }] }),
  f('body.parents_changed', 'body:0', 1, { parents_joined: [{ parent: 'body:9' }] }), f('function.duty_placed', 'f:1', 1, { holder: ['body:9'] })], [[3], [4], [5]]);
chain(0, 'post, jointly', [taken({ decision_makers: ['post:1'] }), f('post.established', 'post:1', 1, { organisation: 'o:1', jointly_with: ['o:2'] }),
  f('function.duty_placed', 'f:1', 1, { holder: 'o:1' }), f('function.duty_placed', 'f:2', 1, { holder: 'o:2' })], [[3], [4, 5]]);
chain(0, 'succession', [taken({ decision_makers: ['o:2'] }), f('organisation.succeeded', 'o:1', 1, { successors: [{ organisation: 'o:2' }] }),
  f('function.duty_placed', 'f:1', 1, { holder: 'o:1' })], [[3], [4]]);
chain(0, 'on behalf of, where there is no delegator', [taken({ delegation: 'delegation:1' }), dg('1', { on_behalf_of: ['o:1'] }),
  f('function.duty_placed', 'f:1', 1, { holder: 'o:1' })], [[3], [4]]);
chain(0, 'not on behalf of, where there is a delegator', [taken({ delegation: 'delegation:1' }), dg('1', { delegator: 'o:2', on_behalf_of: ['o:1'] }),
  f('function.duty_placed', 'f:1', 1, { holder: 'o:1' })], [[3]]);
chain(0, 'by the parent of a delegation', [taken({ delegation: 'delegation:1' }), dg('1', { parent: 'delegation:2' }), dg('2')], [[3], [4]]);
chain(0, 'of a delegation that a later fact of the decision names', [taken(), f('x', D, 2, { delegation: 'delegation:1' }), dg('1')], [[4]]);
chain(0, 'makers of a later fact are not sought', [taken(), f('x', D, 2, { decision_makers: 'body:1' }), f('body.constituted', 'body:1', 1)], []);
chain(0, 'a delegation is given to', [taken({ delegation: 'delegation:1' }), dg('1'), f('function.duty_placed', 'f:1', 1, { holder: 'delegation:1' })], [[3], [4]]);
chain(0, 'no further step by what is neither', [taken({ decision_makers: ['x:1'] }), f('x', 'x:1', 1)], []);
chain(0, 'parents that are texts count for nothing', [taken({ decision_makers: ['body:1'] }), f('body.constituted', 'body:1', 1, { parents: ['body:0'] }),
  f('function.duty_placed', 'f:1', 1, { holder: 'body:0' })], [[3]]);
chain(3, 'a fact in two steps', [taken({ decision_makers: ['b:1'] }), f('body.constituted', 'b:1', 1, { parents: [{ parent: 'b:1' }] })], [[3], [3]]);
const long = Array.from({ length: 66 }, (_, i) => f('body.constituted', `b:${i}`, 1, { parents: [{ parent: `b:${i + 1}` }] }));
chain(0, '64 steps', [taken({ decision_makers: ['b:0'] }), ...long], long.slice(0, 64).map((_, i) => [i + 3]));
chain(3, '65 steps', [taken({ decision_makers: ['b:0'] }), ...long], long.slice(0, 65).map((_, i) => [i + 3]));
// openings
const two = [seal('a', 1), seal('b', 2)].sort((x, y) => (x.o.private < y.o.private ? -1 : 1));
const both = [opened, taken({ x: two[0].s, y: [two[1].s] })];
const open = (...o) => ({ openings: o.map((x) => ({ position: 2, ...x.o })) });
add(0, 'two openings of a fact', both, open(two[0], two[1]));
add(3, 'two openings of a fact, the other way', both, open(two[1], two[0]));
add(0, 'an opening at the top of a fact', [opened, { ...taken(), source: two[0].s }], open(two[0]));
add(3, 'private with another name beside it', [opened, taken({ x: { ...two[0].s, y: 1 } })], open(two[0]));
add(3, 'an opening of a fact that is withheld', [opened, taken(), f('x', 'y', 1, { x: two[0].s })], { hide: [3], openings: [{ position: 3, ...two[0].o }] });
writeFileSync(process.argv[2], `${JSON.stringify(cases, null, 1)}\n`);

// Verifies bundles, exports and proofs of a decision log.
//
//   node verify.mjs FILE [--key KEY|FILE]... [--checkpoint FILE] [--fact FILE]
//   node verify.mjs --vectors FILE [--key KEY|FILE]...
//
// Ends with 0 (SOUND, CONSISTENT), 3 (NOT SOUND) or 2 (CANNOT BE JUDGED); a run of vectors ends with 0, or
// with 1 if any vector was judged otherwise than it says.

import { createHash, createPublicKey, verify as verifySignature } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

const MAX_BUNDLE = 64 * 1024 * 1024;
const MAX_LEVEL = 64;
const MAX_STEPS = 64;
const MAX_SIGNATURES = 64;
const PROOF_HEADER = 'c2sp.org/tlog-proof@v1';

// Shape and truth are told apart everywhere: a thing of the wrong shape proves nothing against whoever made it.
const unjudged = (reason) => { throw Object.assign(new Error(reason), { exit: 2 }); };
const unsound = (reason) => { throw Object.assign(new Error(reason), { exit: 3 }); };

// ---------------------------------------------------------------- bytes and texts

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

// Node decodes leniently, so only encoding again shows that a text was the one encoding of its bytes.
function fromBase64(text) {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}

function attempt(action, otherwise) {
  try {
    return action();
  } catch {
    return otherwise;
  }
}

const fromUtf8 = (bytes) =>
  attempt(() => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), null);

// JavaScript orders texts by UTF-16 units; the bytes of UTF-8 stand in the order of code points.
const compareTexts = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));

// Besides what moves a cursor or turns the direction of writing, the quotation mark is shown as a number, so that no
// text can end its own quotation.
const plain = (text) => text.replace(/[\p{C}\p{Zl}\p{Zp}"\\]/gu,
  (c) => `\\u{${c.codePointAt(0).toString(16)}}`);
const quoted = (text) => `"${plain(text)}"`;

const isText = (v) => typeof v === 'string';
const isWhole = (v) => Number.isSafeInteger(v);
const isPosition = (v) => isWhole(v) && v >= 1;
const isObject = (v) => typeof v === 'object' && v !== null && !Array.isArray(v);
// An inherited property is nothing that anybody recorded.
const field = (v, name) => (isObject(v) && Object.hasOwn(v, name) ? v[name] : undefined);
const hasNames = (v, names) => isObject(v) && Object.keys(v).length === names.length
  && names.every((name) => Object.hasOwn(v, name));

// ---------------------------------------------------------------- canonical JSON

function writeCanonical(value, level = 1) {
  if (level > MAX_LEVEL) throw new RangeError('too deep');
  if (value === null || value === true || value === false) return String(value);
  if (isText(value)) {
    if (!value.isWellFormed()) throw new RangeError('half of a surrogate pair');
    return JSON.stringify(value);
  }
  if (typeof value === 'number') {
    if (!isWhole(value)) throw new RangeError('not a whole number in range');
    return Object.is(value, -0) ? '0' : String(value);
  }
  if (Array.isArray(value)) return `[${value.map((v) => writeCanonical(v, level + 1)).join(',')}]`;
  const names = Object.keys(value).sort();
  if (names.some((name) => /[^\x00-\x7f]/.test(name))) throw new RangeError('a name beyond ASCII');
  return `{${names.map((name) => `${JSON.stringify(name)}:${writeCanonical(value[name], level + 1)}`).join(',')}}`;
}

// Gives undefined where the text is not canonical: a name that stands twice is lost in parsing, so it shows as well.
function readCanonical(text) {
  const value = attempt(() => JSON.parse(text));
  return value !== undefined && attempt(() => writeCanonical(value)) === text ? value : undefined;
}

// ---------------------------------------------------------------- facts and the tree

const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);
const nodeHash = (left, right) => sha256(NODE, left, right);

// Gives null where the line is not the canonical JSON of an object.
function readFact(line, position) {
  const value = readCanonical(line);
  if (!isObject(value)) return null;
  const stands = hasNames(value, ['$withheld']) ? value.$withheld : null;
  const withheld = isText(stands) && /^[0-9a-f]{64}$/.test(stands);
  const leaf = withheld ? Buffer.from(stands, 'hex') : sha256(LEAF, Buffer.from(line));
  return { position, value, withheld, leaf, data: field(value, 'data'), type: field(value, 'type'),
    stream: field(value, 'stream'), n: field(value, 'n') };
}

// Sizes are BigInt: a checkpoint may speak of more facts than a double can count.
function rootFromPath(leaf, index, size, path) {
  let fn = BigInt(index);
  let sn = size - 1n;
  let r = leaf;
  for (const p of path) {
    if (sn === 0n) return null;
    if (fn % 2n === 1n || fn === sn) {
      r = nodeHash(p, r);
      while (fn % 2n === 0n && fn !== 0n) { fn /= 2n; sn /= 2n; }
    } else {
      r = nodeHash(r, p);
    }
    fn /= 2n;
    sn /= 2n;
  }
  return sn === 0n ? r : null;
}

// Full subtrees wait on a stack until their right neighbour is there; what is left over joins from the right.
function rootOfLeaves(leaves) {
  if (leaves.length === 0) return sha256();
  const stack = [];
  for (const leaf of leaves) {
    let top = { hash: leaf, count: 1 };
    while (stack.length && stack.at(-1).count === top.count) {
      const left = stack.pop();
      top = { hash: nodeHash(left.hash, top.hash), count: left.count * 2 };
    }
    stack.push(top);
  }
  return stack.map((s) => s.hash).reduceRight((right, left) => nodeHash(left, right));
}

// ---------------------------------------------------------------- keys, notes, checkpoints

const MAX_NOTE = 1024 * 1024;
const KEY_NAME = /^[^\p{C}\p{Z}+]+$/u;

function readKey(text) {
  const parts = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/u.exec(text);
  if (!parts || !KEY_NAME.test(parts[1])) return null;
  const bytes = fromBase64(parts[3]);
  if (!bytes || bytes.length !== 33 || ![1, 4].includes(bytes[0])) return null;
  const id = sha256(Buffer.from(`${parts[1]}\n`), bytes).subarray(0, 4);
  if (id.toString('hex') !== parts[2]) return null;
  return { name: parts[1], id, kind: bytes[0], bytes: bytes.subarray(1) };
}

function readKeys(argument) {
  const key = readKey(argument);
  if (key) return [key];
  const lines = fromUtf8(readFile(argument))?.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  if (!lines?.length) unjudged(`${quoted(argument)} holds no key`);
  return lines.map((line) => readKey(line) ?? unjudged(`${quoted(line)} is not a verifier key`));
}

// Gives null where the text is not a signed checkpoint.
function readCheckpoint(note) {
  if (Buffer.byteLength(note) > MAX_NOTE || /[\x00-\x09\x0b-\x1f]/.test(note) || !note.isWellFormed()) return null;
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || !note.endsWith('\n')) return null;
  const text = note.slice(0, split + 1);
  const lines = note.slice(split + 2, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) return null;
  const signatures = [];
  for (const line of lines) {
    const parts = /^— ([^ ]+) ([^ ]+)$/u.exec(line);
    const bytes = parts && KEY_NAME.test(parts[1]) ? fromBase64(parts[2]) : null;
    if (!bytes || bytes.length < 5) return null;
    signatures.push({ name: parts[1], id: bytes.subarray(0, 4), bytes: bytes.subarray(4) });
  }
  const body = text.slice(0, -1).split('\n');
  if (body.length < 3 || body.includes('')) return null;
  // Without a bound a number could be made to cost hours.
  if (!/^(0|[1-9][0-9]{0,18})$/.test(body[1])) return null;
  const root = fromBase64(body[2]);
  if (!root || root.length !== 32) return null;
  return { text, origin: body[0], size: BigInt(body[1]), root, signatures };
}

function verifies(key, message, signature) {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: key.bytes.toString('base64url') };
  return attempt(() => verifySignature(null, Buffer.from(message), createPublicKey({ key: jwk, format: 'jwk' }),
    signature), false);
}

// A signature that nobody can check says nothing; one that can be checked and fails says that something was altered.
function checkSignatures(checkpoint, keys) {
  const signers = new Set();
  const cosigned = [];
  const others = [];
  for (const { name, id, bytes } of checkpoint.signatures) {
    const mine = keys.filter((key) => key.name === name && key.id.equals(id));
    if (mine.length === 0) others.push(`Not checked, since its key was not given: a signature of ${quoted(name)}.`);
    for (const key of mine) {
      const cosigns = key.kind === 4;
      const time = cosigns && bytes.length === 72 ? bytes.readBigUInt64BE() : null;
      const message = cosigns ? `cosignature/v1\ntime ${time}\n${checkpoint.text}` : checkpoint.text;
      const signature = cosigns ? bytes.subarray(8) : bytes;
      if (signature.length !== 64 || !verifies(key, message, signature)) {
        unsound(`the signature of ${quoted(name)} is not one over this checkpoint`);
      }
      if (cosigns) cosigned.push({ name, time });
      else if (name === checkpoint.origin) signers.add(name);
      else others.push(`Signed as well by the key of another log: ${quoted(name)}.`);
    }
  }
  if (keys.some((key) => key.kind === 1) && signers.size === 0) {
    unsound(`none of the keys given has signed for the log ${quoted(checkpoint.origin)}`);
  }
  return { signers: [...signers], cosigned, others };
}

// Without a proof between two sizes only checkpoints of one size can be compared.
function compareWithKept(checkpoint, kept) {
  if (!kept) return;
  if (checkpoint.origin !== kept.origin) unsound('the checkpoint given is of another log');
  if (checkpoint.size !== kept.size) unjudged('the checkpoint given is of another size; no comparison is possible');
  if (!checkpoint.root.equals(kept.root)) {
    unsound('the checkpoint given has another root for as many facts: two histories were made');
  }
}

// ---------------------------------------------------------------- the bundle: its shape

function readBundle(bytes) {
  if (bytes.length > MAX_BUNDLE) unjudged('the bundle has more than 64 MiB');
  const text = fromUtf8(bytes);
  if (text === null || !text.endsWith('\n')) unjudged('the bundle is not one line of UTF-8 with its newline');
  const bundle = readCanonical(text.slice(0, -1));
  if (bundle === undefined) unjudged('the bundle is not canonical JSON');
  if (!hasNames(bundle, ['authority', 'checkpoint', 'decision', 'facts', 'format', 'openings'])) {
    unjudged('the bundle has not the six names');
  }
  if (bundle.format !== 'decisionlog-bundle@v1') unjudged('the bundle is of another format');
  const listOf = (v, test) => Array.isArray(v) && v.every(test);
  if (!listOf(bundle.authority, (step) => listOf(step, isPosition))) unjudged('authority has another shape');
  if (!isText(bundle.decision)) unjudged('decision is not a text');
  if (!listOf(bundle.openings, (o) => hasNames(o, ['position', 'private', 'salt', 'value'])
      && isPosition(o.position) && isText(o.private) && isText(o.salt))) unjudged('openings have another shape');
  if (!Array.isArray(bundle.facts)) unjudged('facts is not an array');
  const checkpoint = (isText(bundle.checkpoint) && readCheckpoint(bundle.checkpoint))
    || unjudged('its checkpoint is not one');
  const facts = bundle.facts.map((entry, i) => {
    if (!hasNames(entry, ['line', 'path', 'position']) || !isText(entry.line) || !isPosition(entry.position)
        || !listOf(entry.path, isText)) unjudged(`entry ${i + 1} of facts has another shape`);
    const path = entry.path.map(fromBase64);
    if (path.some((p) => p?.length !== 32)) unjudged(`entry ${i + 1} of facts has a path that is not of hashes`);
    const fact = readFact(entry.line, entry.position)
      ?? unjudged(`the line of entry ${i + 1} of facts is not canonical JSON of an object`);
    return { ...fact, path };
  });
  return { ...bundle, checkpoint, facts };
}

// ---------------------------------------------------------------- what facts name and give

const isDelegation = (v) => isText(v) && v.startsWith('delegation:');
const NAMING = ['delegation', 'parent', 'continues'];

function collectNamed(value, under, found) {
  if (isDelegation(value) && NAMING.includes(under)) found.add(value);
  else if (Array.isArray(value)) for (const v of value) collectNamed(v, under, found);
  else if (isObject(value)) for (const name of Object.keys(value)) collectNamed(value[name], name, found);
}

function namedBy(fact) {
  const found = new Set();
  collectNamed(fact.data, null, found);
  const changes = field(fact.data, 'changes');
  if (fact.type === 'record.corrected' && Array.isArray(changes)) {
    for (const change of changes) {
      const path = field(change, 'path');
      if (!isText(path)) continue;
      const last = path.split('/').filter((part) => !/^[0-9]+$/.test(part)).at(-1);
      collectNamed(field(change, 'now'), last, found);
    }
  }
  return found;
}

// The texts of a field; of objects in it, the texts under the name that is asked for.
function textsOf(value, name) {
  const items = Array.isArray(value) ? value : [value];
  return items.map((item) => (name ? field(item, name) : item)).filter(isText);
}

const ownStream = (fact) => [fact.stream];
const from = (name, inner) => (fact) => textsOf(field(fact.data, name), inner);
const orElse = (first, second) => (fact) => (first(fact).length ? first(fact) : second(fact));
const both = (first, second) => (fact) => [...first(fact), ...second(fact)];

// By the type of a fact: who gave, and to whom.
const GIVING = new Map([
  ['delegation.granted', [orElse(from('delegator'), from('on_behalf_of')), from('delegates')]],
  ['function.duty_placed', [() => [], from('holder')]],
  ['body.constituted', [from('parents', 'parent'), ownStream]],
  ['body.reconstituted', [from('parents', 'parent'), ownStream]],
  ['body.parents_changed', [from('parents_joined', 'parent'), ownStream]],
  ['post.established', [both(from('organisation'), from('jointly_with')), ownStream]],
  ['organisation.succeeded', [ownStream, from('successors', 'organisation')]],
]);
const givers = (fact) => GIVING.get(fact.type)?.[0](fact) ?? [];
const receivers = (fact) => GIVING.get(fact.type)?.[1](fact) ?? [];

function chainOf(shown, decision) {
  const own = shown.filter((fact) => fact.stream === decision);
  const delegations = new Set(own.flatMap((fact) => [...namedBy(fact)]));
  const sought = new Set([...delegations, ...textsOf(field(own[0].data, 'decision_makers'))]);
  const used = new Set();
  const steps = [];
  const further = (fact) => !used.has(fact) && (receivers(fact).some((to) => sought.has(to))
    || (fact.n === 1 && isDelegation(fact.stream) && sought.has(fact.stream)));
  let step = shown.filter((fact) => fact.n === 1 && delegations.has(fact.stream));
  if (step.length === 0) step = shown.filter(further);
  while (step.length > 0 && steps.length < MAX_STEPS) {
    steps.push(step.map((fact) => fact.position));
    for (const fact of step) {
      used.add(fact);
      for (const text of [...givers(fact), ...namedBy(fact)]) sought.add(text);
    }
    step = shown.filter(further);
  }
  return steps;
}

// ---------------------------------------------------------------- sealed values

function collectSealed(value, pointer, found) {
  if (hasNames(value, ['$private']) && isText(value.$private)) {
    found.push({ pointer, digest: value.$private });
  } else if (typeof value === 'object' && value !== null) {
    for (const name of Object.keys(value)) {
      collectSealed(value[name], `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, found);
    }
  }
  return found;
}

const digestOf = (salt, value) =>
  sha256(Buffer.from(writeCanonical([salt, value])).toString('base64url')).toString('base64url');

function erasureOf(fact, pointer, shown) {
  const isOf = (v) => field(v, 'stream') === fact.stream && field(v, 'n') === fact.n;
  const listed = (by, name) => { const v = field(by.data, name); return Array.isArray(v) ? v : []; };
  return shown.find((by) => {
    if (by.type === 'person.erased') return listed(by, 'facts').some(isOf);
    if (by.type !== 'record.value_erased' || !isOf(field(by.value, 'of'))) return false;
    return listed(by, 'paths').some((path) => isText(path)
      && (`/data${path}` === pointer || (path.startsWith('/source') && path === pointer)));
  });
}

// ---------------------------------------------------------------- the bundle: its truth

function checkPositions({ facts, checkpoint }) {
  let before = 0;
  for (const { position } of facts) {
    if (position <= before) unsound(`the positions do not ascend at ${position}`);
    if (BigInt(position) > checkpoint.size) unsound(`position ${position} is beyond the checkpoint`);
    before = position;
  }
  const first = facts[0];
  if (first?.position !== 1 || first.withheld || first.type !== 'log.opened') {
    unsound('the first fact is not the opening of the log');
  }
  if (field(first.data, 'origin') !== checkpoint.origin) unsound('the checkpoint is of another log than the facts');
}

function checkOrder(facts) {
  const last = new Map();
  const missing = [];
  let free = [];
  let clock = '';
  for (const fact of facts) {
    if (fact.withheld) {
      free.push(fact.position);
      continue;
    }
    const { stream, n, position } = fact;
    const recorded = field(fact.value, 'recorded_at');
    if (!isText(stream) || !isText(recorded) || !isWhole(n)) unsound(`fact ${position} has not what every fact has`);
    if (compareTexts(recorded, clock) < 0) unsound(`fact ${position} was recorded before the one that precedes it`);
    clock = recorded;
    const before = last.get(stream) ?? { n: 0, position: 0 };
    const expected = before.n + 1;
    if (n < expected) unsound(`fact ${position} does not continue its stream`);
    // Asked before the numbers are listed, which a forged number could make endless.
    if (n > expected) {
      const between = free.filter((each) => each > before.position);
      if (n - expected > between.length) unsound(`facts are missing before fact ${position} in its stream`);
      const taken = new Set(between.slice(0, n - expected));
      free = free.filter((each) => !taken.has(each));
    }
    for (let m = expected; m < n; m += 1) missing.push({ stream, n: m });
    last.set(stream, { n, position });
  }
  return { missing, withheld: facts.filter((fact) => fact.withheld).length };
}

function checkNamed(shown, decision, missing, withheld) {
  const streams = new Set(shown.map((fact) => fact.stream));
  const naming = shown.filter((fact) => fact.stream === decision || isDelegation(fact.stream));
  const absent = [...new Set(naming.flatMap((fact) => [...namedBy(fact)]))].filter((name) => !streams.has(name));
  if (absent.length + missing.length > withheld) unsound(`a delegation is named and lacks: ${quoted(absent[0])}`);
  return absent;
}

function checkOpenings(openings, shown) {
  const opened = new Map();
  const sealed = new Map(shown.map((fact) =>
    [fact.position, new Set(collectSealed(fact.value, '', []).map(({ digest }) => digest))]));
  let before = null;
  for (const opening of openings) {
    const { position, salt, value } = opening;
    if (before && (position - before.position || compareTexts(opening.private, before.private)) <= 0) {
      unsound(`the openings do not ascend at position ${position}`);
    }
    before = opening;
    if (!sealed.get(position)?.has(opening.private)) unsound(`an opening of fact ${position} opens nothing in it`);
    if (digestOf(salt, value) !== opening.private) unsound(`an opening of fact ${position} is not what was sealed`);
    opened.set(`${position} ${opening.private}`, value);
  }
  return opened;
}

function judgeBundle(bytes, keys, kept) {
  const bundle = readBundle(bytes);
  const { checkpoint, facts, decision } = bundle;
  const signed = checkSignatures(checkpoint, keys);
  checkPositions(bundle);
  for (const { leaf, position, path } of facts) {
    if (!rootFromPath(leaf, position - 1, checkpoint.size, path)?.equals(checkpoint.root)) {
      unsound(`fact ${position} is not in the tree of the checkpoint`);
    }
  }
  const { missing, withheld } = checkOrder(facts);
  const shown = facts.filter((fact) => !fact.withheld);
  if (!shown.some((fact) => fact.stream === decision && fact.n === 1 && fact.type === 'decision.taken')) {
    unsound('the decision is not there');
  }
  const absent = checkNamed(shown, decision, missing, withheld);
  if (writeCanonical(chainOf(shown, decision)) !== writeCanonical(bundle.authority)) {
    unsound('the chain of authority is not the one that follows from the facts');
  }
  const opened = checkOpenings(bundle.openings, shown);
  compareWithKept(checkpoint, kept);
  const said = `the ${facts.length} facts in it are those of the checkpoint of ${checkpoint.size} facts`;
  return answer(checkpoint, signed, said, sayBundle(bundle, shown, withheld, missing, absent, opened));
}

// ---------------------------------------------------------------- exports and proofs

function judgeExport(bytes, keys, kept) {
  // Latin-1 keeps every byte apart, so that a line that is not UTF-8 is found where it stands.
  const raw = bytes.toString('latin1');
  const lines = raw === '' ? [] : raw.replace(/\n$/, '').split('\n');
  const read = (line, i) => {
    const text = fromUtf8(Buffer.from(line, 'latin1'));
    return text === null ? null : readFact(text, i + 1);
  };
  const facts = lines.map(read);
  const [first] = facts;
  const origin = field(first?.data, 'origin');
  if (!first || first.withheld || first.type !== 'log.opened' || !isText(origin) || !isText(first.stream)
      || !isWhole(first.n) || !isText(field(first.value, 'recorded_at'))) {
    unjudged('it does not begin with the opening of a log');
  }
  const wrong = facts.findIndex((fact) => fact === null || (hasNames(fact.value, ['$withheld']) && !fact.withheld));
  if (wrong >= 0) unsound(`line ${wrong + 1} is not a fact in canonical JSON`);
  checkOrder(facts);
  const root = rootOfLeaves(facts.map((fact) => fact.leaf)).toString('hex');
  const told = `${facts.length} facts of ${quoted(origin)}, root ${root}`;
  if (!kept) return { exit: 0, lines: [told] };
  if (origin !== kept.origin) unsound('the checkpoint is of another log');
  if (BigInt(facts.length) < kept.size) unsound(`it has ${facts.length} facts, and the checkpoint ${kept.size}`);
  const covered = Number(kept.size);
  if (!rootOfLeaves(facts.slice(0, covered).map((fact) => fact.leaf)).equals(kept.root)) {
    unsound('its facts are not those of the checkpoint');
  }
  const signed = checkSignatures(kept, keys);
  const newer = facts.length - covered;
  const more = newer ? [`NOT COVERED: the last ${newer} facts are newer than the checkpoint.`] : [];
  return answer(kept, signed, `the first ${covered} of its ${facts.length} facts are those of the checkpoint`,
    [told, ...more]);
}

function judgeProof(bytes, keys, kept, factBytes) {
  const text = fromUtf8(bytes) ?? unjudged('the proof is not UTF-8');
  const split = text.indexOf('\n\n');
  const head = text.slice(0, Math.max(split, 0)).split('\n');
  const extra = /^extra (.*)$/.exec(head[1] ?? '');
  if (extra && fromBase64(extra[1]) === null) unjudged('what is extra is not base64');
  const rest = head.slice(extra ? 2 : 1);
  const index = /^index (0|[1-9][0-9]{0,18})$/.exec(rest[0] ?? '');
  const path = rest.slice(1).map(fromBase64);
  const checkpoint = readCheckpoint(text.slice(split + 2));
  if (head[0] !== PROOF_HEADER || !index || path.some((p) => p?.length !== 32) || !checkpoint) {
    unjudged('it is not a proof');
  }
  if (!factBytes) unjudged('a proof does not hold its fact; give it');
  const line = factBytes.at(-1) === 10 ? factBytes.subarray(0, -1) : factBytes;
  const position = BigInt(index[1]) + 1n;
  const root = position > checkpoint.size ? null : rootFromPath(sha256(LEAF, line), index[1], checkpoint.size, path);
  if (!root) unjudged('a path of that length does not belong to that place');
  if (!root.equals(checkpoint.root)) unsound(`the fact is not at position ${position} of the checkpoint`);
  const signed = checkSignatures(checkpoint, keys);
  compareWithKept(checkpoint, kept);
  return answer(checkpoint, signed, `it is fact ${position} of the ${checkpoint.size} of the checkpoint`, []);
}

// ---------------------------------------------------------------- what is said

function answer(checkpoint, { signers, cosigned, others }, said, more) {
  const by = signers;
  const word = by.length ? 'SOUND' : 'CONSISTENT';
  const who = by.length ? `signed by ${by.map(quoted).join(', ')}` : 'signer not checked';
  return { exit: 0, lines: [
    `${word}: ${said}, of ${quoted(checkpoint.origin)}; ${who}.`,
    ...cosigned.map(({ name, time }) => `Cosigned by ${quoted(name)} at ${sayTime(time)}.`),
    ...others,
    `Root: ${checkpoint.root.toString('hex')}.`,
    ...more,
  ] };
}

// RFC 3339, as people write it; what is beyond the year 9999 as the number that it is.
function sayTime(seconds) {
  if (BigInt(seconds) > 253402300799n) return `${seconds} (seconds since 1970)`;
  return new Date(Number(seconds) * 1000).toISOString().replace('.000Z', 'Z');
}

function sayBundle(bundle, shown, withheld, missing, absent, opened) {
  const lines = [`The decision is ${quoted(bundle.decision)}.`];
  let sealed = 0;
  let shut = 0;
  for (const fact of shown) {
    const what = `${sayValue(fact.type ?? null)}, recorded at ${quoted(fact.value.recorded_at)}`;
    lines.push(`Fact ${fact.n} of ${quoted(fact.stream)}: ${what} [${fact.position}].`);
    for (const { pointer, digest } of collectSealed(fact.value, '', [])) {
      sealed += 1;
      const key = `${fact.position} ${digest}`;
      const erased = erasureOf(fact, pointer, shown);
      const state = erased ? `erased under [${erased.position}]` : 'withheld';
      shut += opened.has(key) ? 0 : 1;
      lines.push(`  ${quoted(pointer)}: ${opened.has(key) ? sayValue(opened.get(key)) : state} [${fact.position}].`);
    }
  }
  bundle.authority.forEach((step, i) => lines.push(`Authority, step ${i}: ${step.map((p) => `[${p}]`).join(' ')}.`));
  if (withheld) lines.push(`Withheld: ${withheld} facts.`);
  for (const { stream, n } of missing) lines.push(`NOT SHOWN: fact ${n} of ${quoted(stream)}.`);
  for (const stream of absent) lines.push(`NOT SHOWN: ${quoted(stream)}.`);
  lines.push('It cannot show whether more was recorded of these things after the last of their facts in it.');
  lines.push(`Of ${sealed} sealed values ${sealed - shut} are opened here.`);
  return lines;
}

const sayValue = (value) => quoted(isText(value) ? value : writeCanonical(value));

// ---------------------------------------------------------------- the program

const readFile = (name) => attempt(() => readFileSync(name)) ?? unjudged(`${quoted(name)} cannot be read`);

// What a file is shows in what it holds: its name is anybody's to choose.
function judge(bytes, { keys, kept, fact }) {
  const begins = (text) => bytes.subarray(0, text.length).toString('latin1') === text;
  if (begins('c2sp.org/tlog-proof@')) return judgeProof(bytes, keys, kept, fact);
  if (fact) unjudged('a fact is given only with a proof');
  return begins('{"authority":') ? judgeBundle(bytes, keys, kept) : judgeExport(bytes, keys, kept);
}

// An error that nobody foresaw must not read as a judgement either way.
function guarded(action) {
  try {
    return action();
  } catch (error) {
    const exit = error.exit === 3 ? 3 : 2;
    return { exit, lines: [`${exit === 3 ? 'NOT SOUND' : 'CANNOT BE JUDGED'}: ${error.message}.`] };
  }
}

function runVectors(name, keys) {
  const cases = JSON.parse(fromUtf8(readFile(name)));
  const beside = name.replace(/[^/]*$/, 'small.keys');
  const given = keys.length || !existsSync(beside) ? keys : readKeys(beside);
  const lines = [];
  for (const { name: title, bundle, file = bundle, exit, word = '', keys: own, checkpoint, fact } of cases) {
    const options = () => ({ keys: own ? own.map((key) => readKey(key) ?? unjudged('it is not a key')) : given,
      kept: checkpoint === undefined ? undefined : readCheckpoint(checkpoint) ?? unjudged('it is not a checkpoint'),
      fact: fact === undefined ? undefined : Buffer.from(fact) });
    // Half of a surrogate pair has no bytes in UTF-8; Node would put another character in its place.
    const result = guarded(() => (file.isWellFormed() ? judge(Buffer.from(file), options())
      : unjudged('it is not UTF-8')));
    if (result.exit !== exit || !result.lines.some((line) => line.startsWith(word))) {
      lines.push(`${quoted(title)}: says ${exit} ${word}, judged ${result.exit}: ${result.lines[0]}`);
    }
  }
  return { exit: lines.length ? 1 : 0,
    lines: [`${cases.length - lines.length} of ${cases.length} vectors were judged as they say.`, ...lines] };
}

function main(args) {
  const usage = () => unjudged('usage: verify.mjs FILE [--key KEY|FILE]... [--checkpoint FILE] [--fact FILE]');
  const options = { keys: [] };
  const single = {};
  for (let i = 0; i < args.length; i += 1) {
    const option = args[i].startsWith('--') ? args[i] : 'FILE';
    const value = option === 'FILE' ? args[i] : args[i += 1];
    if (value === undefined) usage();
    if (option === '--key') options.keys.push(...readKeys(value));
    else if (!['FILE', '--checkpoint', '--fact', '--vectors'].includes(option) || option in single) usage();
    else single[option] = value;
  }
  if (('FILE' in single) === ('--vectors' in single)) usage();
  if ('--vectors' in single) return runVectors(single['--vectors'], options.keys);
  if ('--checkpoint' in single) {
    options.kept = readCheckpoint(fromUtf8(readFile(single['--checkpoint'])) ?? '')
      ?? unjudged('the checkpoint given is not one');
  }
  if ('--fact' in single) options.fact = readFile(single['--fact']);
  return judge(readFile(single.FILE), options);
}

const { exit, lines } = guarded(() => main(process.argv.slice(2)));
process.stdout.write(`${lines.join('\n')}\n`);
process.exitCode = exit;

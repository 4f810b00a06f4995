"""How complete the records of decisions are: their facts gathered, judged by the profiles that apply, and counted."""

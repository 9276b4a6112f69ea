import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type ExplanationCode, explanationParams, textOf } from '../src/explanations/index.ts'
import { explained, explainFinalFailure, languages } from '../src/index.ts'

/** Parameters for any explanation; optional ones, too, if they are wanted. */
function sampleOf(code: ExplanationCode, withOptional: boolean): Record<string, string | number> {
  const kinds = Object.entries<string>(explanationParams[code])
  const wanted = kinds.filter(([, kind]) => withOptional || !kind.endsWith('?'))
  return Object.fromEntries(wanted.map(([name, kind]) => [name, kind.startsWith('number') ? 7_200 : 'xyz']))
}

describe('explanations', () => {
  it('have a text of their own in each language, with all that they are told', () => {
    for (const code of Object.keys(explanationParams) as ExplanationCode[])
      for (const withOptional of [false, true]) {
        const params = sampleOf(code, withOptional)
        const texts = languages.map(language => textOf({ code, params }, language) ?? '')
        assert.equal(new Set(texts).size, languages.length, code)
        for (const text of texts) {
          assert.match(text, /^\p{Lu}.*[.a-z]$/u, code)
          assert.doesNotMatch(text, /undefined|NaN|\[object|\$\{/, code)
          if (Object.values(params).includes('xyz')) assert.match(text, /xyz/, code)
        }
      }
  })

  it('are written as their language writes numbers', () => {
    const damage = { code: 'damaged-in-part', params: { gotSeconds: 6, statedSeconds: 10 } }
    assert.equal(textOf(damage), 'The file is damaged: 6.0 of 10.0 s could be read.')
    assert.equal(textOf(damage, 'de'), 'Die Datei ist beschädigt: 6,0 von 10,0 s konnten gelesen werden.')
    const kept = [1, 90, 3_600, 36 * 3_600, 7 * 86_400].map(keptSeconds => ({
      code: 'audio-expired',
      params: { keptSeconds },
    }))
    const lengths = kept.map(each => /kept for (.*?)\./.exec(textOf(each) ?? '')?.[1])
    assert.deepEqual(lengths, ['1 second', '90 seconds', '1 hour', '36 hours', '7 days'])
    assert.match(
      textOf({ code: 'audio-expired', params: { keptSeconds: 3_600 } }, 'de') ?? '',
      /1 Stunde lang/,
    )
  })

  it('have no text if they are of a later version, or lack a parameter: what was stored stands', () => {
    assert.equal(textOf({ code: 'of-tomorrow', params: {} }), undefined)
    assert.equal(textOf({ code: 'toString', params: {} }), undefined)
    assert.equal(textOf({ code: 'ends-early', params: { gotSeconds: 6 } }), undefined)
    assert.equal(textOf({ code: 'ends-early', params: { gotSeconds: 6, statedSeconds: '10' } }), undefined)
    assert.equal(
      textOf(explained('clock-jumps', { seconds: Number.POSITIVE_INFINITY }).explanation),
      undefined,
    )
  })

  it('explain a failure only if they are its own: data of a job may tell of an earlier one', () => {
    const { text: failedReason, explanation } = explained('no-audio-track', {})
    const stacktrace = `UnrecoverableError: ${failedReason}\n    at somewhere`
    assert.deepEqual(explainFinalFailure({ failedReason, stacktrace, explanation }), {
      text: failedReason,
      explanation,
    })
    const other = explainFinalFailure({ failedReason: 'The file is empty.', stacktrace, explanation })
    assert.deepEqual(other, { text: 'The file is empty.', explanation: undefined })
    const ours = explainFinalFailure({ failedReason: 'ECONNREFUSED', stacktrace: 'Error: x', explanation })
    assert.equal(ours.explanation?.code, 'fault-of-ours')
  })
})

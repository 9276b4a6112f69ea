import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { judgeTokenUse } from '../../src/sessions/judge-token-use.ts'

const rotatedAt = new Date('2026-11-29T12:00:00Z')
const session = { generation: 7, rotatedAt, userAgent: 'curl/8.5.0' }

function judge({ generation = 6, siblings = 1, userAgent = 'curl/8.5.0', afterMs = 1_000 } = {}) {
  return judgeTokenUse({ session, generation, siblings }, userAgent, new Date(rotatedAt.getTime() + afterMs))
}

describe('judgeTokenUse', () => {
  it('takes the current token at any time', () => {
    assert.equal(judge({ generation: 7, afterMs: 86_400_000, userAgent: 'another' }), 'current')
  })

  it('takes the token before it for another that was lost, for half a minute', () => {
    assert.equal(judge({ afterMs: 30_000 }), 'repeated')
    assert.equal(judge({ afterMs: 30_001 }), 'reused')
  })

  it('takes every older token, another client and too many repetitions for theft', () => {
    assert.equal(judge({ generation: 5 }), 'reused')
    assert.equal(judge({ userAgent: 'python' }), 'reused')
    assert.equal(judge({ siblings: 5 }), 'reused')
  })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answers, closingBroker } from '../support/closing-broker.ts'
import { setup } from '../support/setup.ts'

for (const answer of Object.keys(answers) as (keyof typeof answers)[])
  test(`a broker that closes the connection together with its answer (${answer}) gets the job on the next one`, async t => {
    const broker = await closingBroker(t, answer)
    const jobs = setup(t).queue({ backend: { url: broker.url, confirmTimeoutMs: 5_000 } })
    await jobs.add('a', {})
    assert.equal(broker.closed(), 1)
  })

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startTestSystem } from '../support/system.ts'
import { logInAsNewUser } from './new-user.ts'
import { fuzz, hasSchemathesis } from './schemathesis.ts'

const skip = (await hasSchemathesis())
  ? false
  : 'no Python with schemathesis: install python3-venv, and have a way to PyPI'

test('requests made of the document, valid and not, get documented answers, and never a 5xx', {
  skip,
  timeout: 290_000,
}, async t => {
  const { gatewayUrl: url } = await startTestSystem(t, 'disk', 'off')
  const token = await logInAsNewUser(url)
  const { cases, failures, report } = await fuzz({ url, token, maxExamples: 10, maxSeconds: 45 })
  t.diagnostic(`${cases} requests`)
  assert.deepEqual(failures, [], report)
  assert.ok(cases > 300, report)
})

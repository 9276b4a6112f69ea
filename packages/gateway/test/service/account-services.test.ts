import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unavailable } from '@jackalope/service-kit'
import type { AuthClient } from '../../src/auth/auth-client.ts'
import { createAccountServices } from '../../src/service/account-services.ts'

test('while auth is away its last answer is good, and not every request waits for it', async t => {
  t.mock.timers.enable({ apis: ['Date'] })
  const answer = { registration: true, mail: false, guests: null }
  let asked = 0
  let isAway = false
  const sendAsService: AuthClient['sendAsService'] = async () => {
    asked += 1
    if (isAway) throw unavailable('The user service')
    return Response.json(answer)
  }
  const services = createAccountServices({ auth: { sendAsService } as AuthClient })
  assert.deepEqual(await services.get(), answer)
  isAway = true
  t.mock.timers.tick(31_000)
  for (let count = 0; count < 3; count++) assert.deepEqual(await services.get(), answer)
  assert.equal(asked, 2)
  t.mock.timers.tick(6_000)
  await services.get()
  assert.equal(asked, 3)
})

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { openBlobStore } from '../../packages/blob-store/src/index.ts'
import {
  makeVideo,
  probeAudio,
  temporaryFolder,
  until,
} from '../../packages/local-servers/src/testing/index.ts'
import { curl } from '../support/curl.ts'
import { linkOf, mailTo, pressButton } from '../support/mail-links.ts'
import { login, loginAs, password, register } from '../support/session.ts'
import { startTestSystem, type TestSystem } from '../support/system.ts'

const json = ['-H', 'Content-Type: application/json']

test('the life of an account, with plain curl and the mails', async t => {
  const system = await startTestSystem(t, 'disk')
  const { gatewayUrl } = system
  const folder = await temporaryFolder(t)
  const song = await makeVideo(join(folder, 'song.mp4'), 2)

  await t.test(
    'an address is confirmed by the link in its mail, once, and by no program that opens links',
    async () => {
      const email = await register(gatewayUrl)
      const link = linkOf(await mailTo(system, email, /^Confirm your e-mail address/))
      for (const opened of [link, link]) assert.equal((await curl('-I', opened)).status, 200)
      const before = await loginAs(email, gatewayUrl)
      assert.equal(JSON.parse((await before.ask('/account')).body).emailVerified, false)

      assert.match((await pressButton(link)).body, /Your e-mail address is confirmed/)
      assert.equal(JSON.parse((await before.ask('/account')).body).emailVerified, true)
      const again = await pressButton(link)
      assert.equal(again.status, 400)
      assert.match(again.body, /does not work any more/)
    },
  )

  await t.test('the mail of a finished conversion has a link that downloads it without a token', async () => {
    const ada = await login(system)
    const { id } = await ada.upload(song)
    await ada.untilState(id, 'completed')
    const link = linkOf(await mailTo(system, ada.email, /^Your audio is ready: song\.mp3/))
    const saved = join(folder, 'linked.mp3')
    assert.equal((await curl('-D', '-', '-o', saved, link)).status, 200)
    assert.equal((await probeAudio(saved)).codec, 'mp3')
    const forged = link.replace(/signature=(.)/, (_, first) => `signature=${first === 'A' ? 'B' : 'A'}`)
    assert.equal((await curl(forged)).status, 403)
  })

  await t.test(
    'a forgotten password is replaced by the link in a mail, which logs everybody out',
    async () => {
      const ada = await login(system)
      const asked = await curl(
        ...json,
        '-d',
        JSON.stringify({ email: ada.email }),
        `${gatewayUrl}/password-reset`,
      )
      assert.equal(asked.status, 202)
      const link = linkOf(await mailTo(system, ada.email, /^Choose a new password/))

      for (const [refused, reason] of [
        ['short', /The password must have at least 10 characters\.</],
        ['Password123', /The password is one of the most common passwords\. .*together\.</],
      ] as const) {
        const answer = await pressButton(link, { password: refused })
        assert.equal(answer.status, 422, refused)
        assert.match(answer.body, reason)
      }
      const chosen = 'Another & better horse 10'
      assert.match((await pressButton(link, { password: chosen })).body, /Your password is changed/)
      await mailTo(system, ada.email, /^Your password was changed/)
      const old = await curl('-X', 'POST', '-u', `${ada.email}:${password}`, `${gatewayUrl}/login`)
      assert.equal(old.status, 401)
      await loginAs(ada.email, gatewayUrl, chosen)
    },
  )

  await t.test('whoever deletes the account is gone, with all files', async () => {
    const ada = await login(system)
    const { id } = await ada.upload(song)
    await ada.untilState(id, 'completed')
    assert.ok((await filesOf(system, ada.userId)) > 0)
    const deleted = await ada.ask('/account', '-X', 'DELETE', ...json, '-d', JSON.stringify({ password }))
    assert.equal(deleted.status, 204, deleted.body)
    await mailTo(system, ada.email, /^Your account was deleted/)
    await until(async () => (await filesOf(system, ada.userId)) === 0)
    const gone = await curl('-X', 'POST', '-u', `${ada.email}:${password}`, `${gatewayUrl}/login`)
    assert.equal(gone.status, 401)
  })
})

/** How many videos and audio files of a user there are. */
async function filesOf({ place }: TestSystem, ownerId: string): Promise<number> {
  let count = 0
  for (const name of ['videos', 'mp3s']) {
    const store = openBlobStore({ place, name })
    try {
      count += (await Array.fromAsync(store.list({ metadata: { ownerId } }))).length
    } finally {
      await store.close()
    }
  }
  return count
}

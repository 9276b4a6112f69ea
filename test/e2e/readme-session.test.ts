import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { MailSetting } from '../../packages/cli/src/system/mail-setting.ts'
import {
  makeVideo,
  probeAudio,
  temporaryFolder,
  until,
} from '../../packages/local-servers/src/testing/index.ts'
import { curl } from '../support/curl.ts'
import { readmeSession } from '../support/readme-session.ts'
import { startTestSystem } from '../support/system.ts'

test("the README's session with curl, where no mail is sent", t => followReadme(t, 'off'))
test('the same with mail, by a user who has confirmed nothing', t => followReadme(t, 'on'))

async function followReadme(t: TestContext, mail: MailSetting): Promise<void> {
  const system = await startTestSystem(t, 'disk', mail)
  const folder = await temporaryFolder(t)
  await makeVideo(join(folder, 'song.mp4'), 2)
  const session = await readmeSession(system.gatewayUrl, folder)

  const begun = await session.begin()
  const ask = ['-H', `Authorization: Bearer ${begun.token}`, `${system.gatewayUrl}/jobs/${begun.jobId}`]
  await until(async () => JSON.parse((await curl(...ask)).body).state === 'completed', 120_000)
  const printed = await session.end(begun)
  assert.match(printed, new RegExp(`"id":"${begun.jobId}","state":"completed"`))
  const audio = await probeAudio(join(folder, 'song.mp3'))
  assert.equal(audio.codec, 'mp3')

  const mails = await system.mails()
  assert.deepEqual(
    mails.map(text => /^Subject: (.*)$/m.exec(text)?.[1]?.trim()),
    mail === 'off' ? [] : ['Confirm your e-mail address'],
  )
}

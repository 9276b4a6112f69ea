import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { startSmtpCatcher } from '../../src/index.ts'
import { onEnd, temporaryFolder } from '../../src/testing/index.ts'
import { sendMail } from './send-mail.ts'

test('keeps each mail as one file, byte for byte', async t => {
  const catcher = await startSmtpCatcher({ dir: await temporaryFolder(t) })
  onEnd(t, () => catcher.stop())
  const text = 'Subject: =?utf-8?q?H=C3=A9llo?=\r\n\r\nYour audio is ready.\r\n'
  await sendMail(catcher.port, text)
  await sendMail(catcher.port, text)
  const files = await readdir(catcher.mailDir)
  assert.equal(files.length, 2)
  assert.ok(files.every(file => file.endsWith('.eml')))
  assert.equal(await readFile(join(catcher.mailDir, files[0] ?? ''), 'utf8'), text)
})

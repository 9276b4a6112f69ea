import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { temporaryFolder } from '@jackalope/local-servers/testing'
import { CliError } from '../../src/cli-error.ts'
import { readLink } from '../../src/demo/read-link.ts'

async function mail(t: TestContext, source: string): Promise<string> {
  const file = join(await temporaryFolder(t), 'mail.eml')
  await writeFile(file, source)
  return file
}

test('finds the link of a mail in quoted-printable, and of one that needs no encoding', async t => {
  const encoded =
    'Content-Transfer-Encoding: quoted-printable\r\n\r\n' +
    '    http://127.0.0.1:8080/verify-email?token=3DabcdeFGH=\r\nijk.lmn-_op\r\n\r\nbye\r\n'
  assert.equal(await readLink(await mail(t, encoded)), '/verify-email?token=abcdeFGHijk.lmn-_op')
  const plain = 'Content-Transfer-Encoding: 7bit\r\n\r\n    https://a.example/verify-email?token=abc.d\r\n'
  assert.equal(await readLink(await mail(t, plain)), '/verify-email?token=abc.d')
})

test('says so when there is no link', async t => {
  await assert.rejects(readLink(await mail(t, 'Subject: hello\r\n\r\nhttp://a.example/\r\n')), CliError)
})

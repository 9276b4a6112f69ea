import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import { temporaryFolder } from '@jackalope/local-servers/testing'
import { multipartFile } from '../../src/demo/multipart-file.ts'

test('is read by a standard parser: name and bytes, however odd', async t => {
  const file = join(await temporaryFolder(t), 'a "quoted"; naïve 名.mp4')
  const content = Buffer.from('\r\n--jackalope-\r\n\0\xff', 'latin1')
  await writeFile(file, content)
  const sent: number[] = []
  const { headers, body } = await multipartFile('file', file, bytes => sent.push(bytes))
  const form = await new Response(await buffer(body), { headers }).formData()
  const received = form.get('file')
  assert.ok(received instanceof File)
  assert.equal(received.name, 'a "quoted"; naïve 名.mp4')
  assert.deepEqual(Buffer.from(await received.arrayBuffer()), content)
  assert.deepEqual(sent, [content.length])
})

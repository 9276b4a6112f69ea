import assert from 'node:assert/strict'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { test } from 'node:test'
import { temporaryFolder } from '@jackalope/local-servers/testing'
import { projectAt } from '../../src/project.ts'
import { loadSecrets, secretsFile } from '../../src/system/secrets.ts'

test('generates the secrets once and keeps them', async t => {
  const project = projectAt(await temporaryFolder(t))
  await mkdir(dirname(secretsFile(project)))
  const first = await loadSecrets(project)
  assert.equal(first.generated, true)
  assert.deepEqual(await loadSecrets(project), { secrets: first.secrets, generated: false })
})

test('adds what a record of an older version lacks, and changes nothing else', async t => {
  const project = projectAt(await temporaryFolder(t))
  await mkdir(dirname(secretsFile(project)))
  await writeFile(secretsFile(project), JSON.stringify({ JWT_SECRET: 'old-jwt', SERVICE_TOKEN: 'old-token' }))
  const { secrets, generated } = await loadSecrets(project)
  assert.equal(generated, true)
  assert.equal(secrets.JWT_SECRET, 'old-jwt')
  assert.equal(secrets.SERVICE_TOKEN, 'old-token')
  assert.ok(Buffer.byteLength(secrets.LINK_SECRET) >= 32)
  assert.deepEqual(JSON.parse(await readFile(secretsFile(project), 'utf8')), secrets)
})

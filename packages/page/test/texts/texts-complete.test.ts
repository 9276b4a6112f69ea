import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { auditAction, operatedQueueNames } from '@jackalope/contracts'
import { queueNames } from '../../src/admin/queue-names.ts'
import { queues } from '../../src/texts/de/admin.ts'
import { audit } from '../../src/texts/de/audit.ts'
import { problems } from '../../src/texts/de/problems.ts'

/** Generated of the API's definitions. */
const listOfProblems = new URL('../../../../docs/problems.md', import.meta.url)

/** Problems of programs that build requests themselves, and of pages that the gateway renders. */
const ofPrograms = new Set([
  'authorization-repeated',
  'body-too-large',
  'checksum-mismatch',
  'checksum-unsupported',
  'chunk-expected',
  'encoding-unsupported',
  'expectation-failed',
  'file-changed',
  'file-expected',
  'form-malformed',
  'form-too-large',
  'headers-too-large',
  'idempotency-key-invalid',
  'idempotency-key-reused',
  'json-expected',
  'link-expired',
  'link-invalid',
  'malformed-json',
  'method-not-allowed',
  'one-time-token-invalid',
  'part-headers-too-large',
  'range-not-satisfiable',
  'refresh-token-invalid',
  'request-malformed',
  'several-files',
  'tus-headers-invalid',
  'tus-version-unsupported',
  'upload-complete',
  'upload-locked',
  'upload-offset-conflict',
])

test('each problem that a reader can meet has words', async () => {
  const list = await readFile(listOfProblems, 'utf8')
  const codes = [...list.matchAll(/<a id="([\w-]+)">/g)].map(([, code]) => String(code))
  assert.ok(codes.length > 50)
  const missing = codes.filter(code => !(code in problems.byCode) && !ofPrograms.has(code))
  assert.deepEqual(missing, [])
})

test('each entry of the audit log and each queue has a name', () => {
  assert.deepEqual(Object.keys(audit.actions).sort(), [...auditAction.options].sort())
  assert.deepEqual(queueNames, operatedQueueNames)
  assert.deepEqual(Object.keys(queues.names), queueNames)
})

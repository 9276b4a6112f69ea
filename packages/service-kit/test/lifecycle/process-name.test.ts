import assert from 'node:assert/strict'
import { test } from 'node:test'
import { processName } from '../../src/lifecycle/process-name.ts'

test('a process is named by its host and its id, whatever the host is called', () => {
  assert.equal(processName('gateway-7d9f.example'), `gateway-7d9f.example:${process.pid}`)
  assert.equal(processName('BÜRO PC'), `B_RO_PC:${process.pid}`)
  assert.match(processName(), /^[!-~]+:\d+$/)
})

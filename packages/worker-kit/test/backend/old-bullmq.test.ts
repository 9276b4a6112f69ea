import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { promisify } from 'node:util'

const index = new URL('../../src/index.ts', import.meta.url).href

/** Imports worker-kit in a process of its own, where `bullmq` is another package.
 *  @returns the error's code and message */
async function importBeside(bullmq: string): Promise<string> {
  const script = `
    import { registerHooks } from 'node:module'
    registerHooks({ resolve: (name, context, next) => next(name.replace(/^bullmq(?=$|\\/)/, '${bullmq}'), context) })
    await import('${index}').then(() => console.log('imported'), error => console.log(error.code, error.message))`
  const args = ['--input-type=module', '--eval', script]
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: import.meta.dirname,
    timeout: 60_000,
  })
  return stdout.trim()
}

test('is imported beside the BullMQ that it is made for', async () => {
  assert.equal(await importBeside('bullmq'), 'imported')
})

test('says which scripts BullMQ 5 lacks', async () => {
  assert.match(
    await importBeside('bullmq-5'),
    /^ERR_UNSUPPORTED_BULLMQ .*reprocessJob \(takes 8 keys instead of 9\)/,
  )
})

test('says what a BullMQ before 6.7 lacks', async () => {
  assert.match(
    await importBeside('bullmq-6-5'),
    /^ERR_UNSUPPORTED_BULLMQ .*getCounts.*older than version 6\.7/,
  )
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runToEnd } from '@jackalope/local-servers/testing'

/** Prints the packages that an import of a module loads. */
const program = (module: string) => `
  import { registerHooks } from 'node:module'
  const packages = new Set()
  registerHooks({
    resolve(specifier, context, next) {
      if (/^[a-z@]/.test(specifier) && !/^(node|file):/.test(specifier)) packages.add(specifier)
      return next(specifier, context)
    },
  })
  await import(${JSON.stringify(module)})
  console.log(JSON.stringify([...packages]))`

test('the outbox loads neither BullMQ nor a client of Redis or of a database', async () => {
  const module = new URL('../../src/outbox/index.ts', import.meta.url).href
  const args = ['--input-type=module', '--eval', program(module)]
  const { stdout, stderr, exitCode } = await runToEnd(process.execPath, args)
  assert.equal(exitCode, 0, stderr)
  const loaded: string[] = JSON.parse(stdout)
  assert.ok(loaded.includes('amqplib'), stdout)
  assert.deepEqual(
    loaded.filter(name => /^(bullmq|ioredis|sequelize|mysql2|pg|mongodb)\b/.test(name)),
    [],
  )
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RedisClient } from 'bullmq'
import { defineCommands, luaCommand } from '../../src/redis/command.ts'

const run = luaCommand('note-drained', 1)

/** A client that tells how it was asked, in turn.
 *  @param knowsScripts - whether the server knows what it has run before */
function setup({ knowsScripts }: { knowsScripts: boolean }) {
  const asked: string[] = []
  const client = {
    defineCommand: () => undefined,
    runCommand: async (_name: string, args: unknown[]) => {
      asked.push('by name')
      return args.join(' ')
    },
    evalsha: async ([, keyCount, ...args]: unknown[]) => {
      asked.push('by hash')
      if (!knowsScripts) throw new Error('NOSCRIPT No matching script')
      assert.equal(keyCount, 1)
      return args.join(' ')
    },
  } as unknown as RedisClient
  return { client, asked }
}

test('a command is sent by name once, and by its hash on all connections from then on', async () => {
  const [first, second] = [setup({ knowsScripts: true }), setup({ knowsScripts: true })]
  for (const { client } of [first, second]) {
    defineCommands(client)
    assert.equal(await run(client, ['key'], ['a', 'b']), 'key a b')
    assert.equal(await run(client, ['key'], ['c']), 'key c')
  }
  assert.deepEqual(first.asked, ['by name', 'by hash'])
  assert.deepEqual(second.asked, ['by hash', 'by hash'])
})

test('a server that does not know the hash gets the command by name', async () => {
  const { client, asked } = setup({ knowsScripts: false })
  defineCommands(client)
  assert.equal(await run(client, ['key'], ['a']), 'key a')
  assert.deepEqual(asked, ['by hash', 'by name'])
})

test('a transaction queues the command by name', async () => {
  const { client, asked } = setup({ knowsScripts: true })
  await run(client, ['key'], ['a'])
  assert.deepEqual(asked, ['by name'])
})

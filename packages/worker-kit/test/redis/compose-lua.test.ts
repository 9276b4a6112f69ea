import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { bullmqScripts, requireScripts } from '../../src/redis/bullmq-scripts.ts'
import { composeLua } from '../../src/redis/compose-lua.ts'
import { luaTexts } from '../../src/redis/lua-texts.ts'
import { scriptAsFunction } from '../../src/redis/script-as-function.ts'

const files = Object.keys(luaTexts)
const commands = files.filter(file => !file.startsWith('includes/'))

test('whatever a Lua file declares exists, and stands in the text of the command', () => {
  assert.ok(commands.length > 0)
  for (const file of files) assert.doesNotMatch(composeLua(file), /^--- @(include|bullmq) /m, file)
  const text = composeLua('finish-and-start-jobs')
  assert.ok(text.includes(`bullmq.moveToActive = ${scriptAsFunction(bullmqScripts.moveToActive.content)}`))
  assert.match(text, /^local function putBack\(/m)
})

test('each Lua command has its function beside it', () => {
  for (const file of commands)
    assert.ok(existsSync(new URL(`../../src/redis/commands/${file}.ts`, import.meta.url)), file)
})

test('a file that is included on several ways stands in the text once, before what needs it', () => {
  const texts = {
    command: '--- @include "includes/stamping"\n--- @include "includes/clock"\nreturn run',
    'includes/stamping': '--- @include "clock"\nlocal stamping = clock',
    'includes/clock': 'local clock = 1',
  }
  const lines = composeLua('command', undefined, texts).split('\n')
  assert.deepEqual(
    lines.filter(line => line !== ''),
    ['local bullmq = {}', 'local clock = 1', 'local stamping = clock', 'return run'],
  )
})

test('a command that is made for a step of BullMQ calls that script as its step', () => {
  const text = composeLua('command', 'updateData', { command: 'return step(KEYS, ARGV)' })
  assert.ok(text.includes(`local step = function(KEYS, ARGV)\n${bullmqScripts.updateData.content}\nend\n`))
})

test('an include that is missing is named, and so is the file that includes it', () => {
  const texts = { command: '--- @include "includes/clocks"' }
  assert.throws(() => composeLua('command', undefined, texts), {
    message: 'There is no includes/clocks.lua, which command.lua includes',
  })
})

test('a script that BullMQ does not have is named, and so is the file that calls it', () => {
  const texts = { command: '--- @bullmq moveToMoon' }
  assert.throws(() => composeLua('command', undefined, texts), {
    message: "command.lua calls BullMQ's moveToMoon, which bullmq-scripts.ts does not list",
  })
})

test('a BullMQ without scripts that are called, or with other keys, is refused, and each script is named', () => {
  const { moveToActive, retryJob: _retryJob, addLog: _addLog, ...others } = bullmqScripts
  const found = { ...others, moveToActive: { ...moveToActive, keys: 12 } }
  assert.throws(
    () => requireScripts(found),
    (error: Error & { code?: string }) => {
      assert.equal(error.code, 'ERR_UNSUPPORTED_BULLMQ')
      for (const fault of [
        'moveToActive (takes 12 keys instead of 11)',
        'retryJob (missing)',
        'addLog (missing)',
      ])
        assert.ok(error.message.includes(fault), error.message)
      assert.ok(!error.message.includes('moveToFinished'))
      return true
    },
  )
})

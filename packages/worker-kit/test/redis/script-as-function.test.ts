import assert from 'node:assert/strict'
import { test } from 'node:test'
import luaparse from 'luaparse'
import { type BullmqScriptName, bullmqScripts } from '../../src/redis/bullmq-scripts.ts'
import { composeLua } from '../../src/redis/compose-lua.ts'
import { luaTexts } from '../../src/redis/lua-texts.ts'
import { scriptAsFunction, separate } from '../../src/redis/script-as-function.ts'

/** The steps of a round, which run once for each of many jobs. */
const steps: BullmqScriptName[] = ['addStandardJob', 'moveToActive', 'moveToFinished']

const LUA_NAMES = [
  'ipairs',
  'math',
  'next',
  'pairs',
  'pcall',
  'select',
  'setmetatable',
  'string',
  'table',
  'tonumber',
  'tostring',
  'type',
  'unpack',
]
const REDIS_NAMES = ['ARGV', 'KEYS', 'bit', 'cjson', 'cmsgpack', 'redis', 'struct']

/** Names of a text that nothing in it declares. */
function foreignNames(lua: string): Set<string> {
  const { globals } = luaparse.parse(lua, { luaVersion: '5.1', scope: true }) as unknown as {
    globals: { name: string }[]
  }
  return new Set(globals.map(({ name }) => name))
}

test('the functions of each step stand apart, and know no name of the rest', () => {
  for (const step of steps) {
    const { content } = bullmqScripts[step]
    assert.match(scriptAsFunction(content), /^\(function/, `another text of ${step}: check it, then list it`)
    const { functions, rest } = separate(content)
    const known = new Set(
      [...LUA_NAMES, ...REDIS_NAMES, 'rcall'].filter(name => name !== 'KEYS' && name !== 'ARGV'),
    )
    assert.deepEqual(
      [...foreignNames(functions)].filter(name => !known.has(name)),
      [],
      step,
    )
    assert.ok(functions.length > rest.length / 2, step)
    assert.doesNotMatch(rest, /^local function /m, step)
  }
})

test('a text that is not known stays in one piece', () => {
  const script = `local waitKey = KEYS[1]\nlocal function show()\n  return waitKey\nend\nreturn show()`
  assert.equal(scriptAsFunction(script), `function(KEYS, ARGV)\n${script}\nend`)
})

test('what separates the functions loses none of the lines', () => {
  for (const step of steps) {
    const { content } = bullmqScripts[step]
    const { functions, rest } = separate(content)
    assert.deepEqual(`${functions}\n${rest}`.split('\n').sort(), content.split('\n').sort(), step)
  }
})

test('no command uses a name that nobody declares: Redis would refuse it when it runs', () => {
  const known = new Set([...LUA_NAMES, ...REDIS_NAMES, 'step'])
  for (const file of Object.keys(luaTexts).filter(file => !file.startsWith('includes/')))
    assert.deepEqual(
      [...foreignNames(composeLua(file))].filter(name => !known.has(name)),
      [],
      file,
    )
})

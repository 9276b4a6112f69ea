import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { promisify } from 'node:util'
import { temporaryFolder } from '../../packages/local-servers/src/testing/index.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../..')

/** Secrets of auth and the gateway after a rollout: the one that signs, and the other that is accepted. */
interface Secrets {
  signs: string
  accepts: string
}

const runs: Record<string, (t: TestContext) => Promise<string>> = {
  'on Kubernetes': rotateOnKubernetes,
  'in Compose': rotateInCompose,
}

for (const [where, rotate] of Object.entries(runs))
  test(`${where} the secret of tokens is replaced, and every token stays valid for its life`, async t => {
    const events = (await rotate(t)).trim().split('\n')
    const wait = events.findIndex(event => event.startsWith('sleep '))
    const states = events.filter(event => !event.startsWith('sleep ')).map(read)
    const [before, , swapped, after] = states
    assert.ok(before && swapped && after)
    assert.equal(states.length, 4)

    // While a rollout goes on, old and new pods of both services sign and verify.
    for (const [i, state] of states.entries()) {
      const mixed = [state, states[i + 1] ?? state]
      for (const { signs } of mixed)
        for (const verifier of mixed)
          assert.ok([verifier.signs, verifier.accepts].includes(signs), `rollout ${i}: a token is refused`)
    }
    // Tokens of the old secret live on after the rollout that ends its use.
    assert.equal(wait, 3, 'it does not wait between the last two rollouts')
    assert.ok(Number(events[wait]?.split(' ')[1]) >= 600)
    assert.equal(swapped.accepts, before.signs)

    assert.notEqual(after.signs, before.signs)
    assert.ok(!Object.values(after).includes(before.signs), 'the old secret is still accepted')
    assert.ok(!Object.values(after).includes(before.accepts), 'the old second secret is still accepted')
    for (const secret of states.flatMap(state => Object.values(state))) assert.match(secret, /^[\da-f]{64}$/)
  })

test('without a cluster it changes nothing, and says why', async t => {
  const { dir, env } = await setup(t, { kubectl: '#!/bin/sh\necho "no cluster" >&2; exit 1\n' })
  await assert.rejects(run(join(root, 'k8s/rotate-jwt-secret.sh'), { cwd: dir, env }), /no cluster/)
})

function read(event: string): Secrets {
  const [signs = '', accepts = ''] = event.split(' ')
  return { signs, accepts }
}

/** Runs the script with a kubectl that keeps the Secret in a file, and notes it at each rollout. */
async function rotateOnKubernetes(t: TestContext): Promise<string> {
  const kubectl = `#!${process.execPath}
    import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
    const [, , namespace, verb, what] = process.argv.slice(1)
    if (namespace !== 'jackalope') throw new Error('namespace ' + namespace)
    const secret = JSON.parse(readFileSync('secret.json', 'utf8'))
    if (verb === 'get') process.stdout.write(Buffer.from(secret['jwt-secret']).toString('base64'))
    if (verb === 'patch')
      writeFileSync('secret.json', JSON.stringify({ ...secret, ...JSON.parse(readFileSync(0, 'utf8')).stringData }))
    if (verb === 'rollout' && what === 'status' && process.argv.includes('deployment/gateway'))
      appendFileSync('events', secret['jwt-secret'] + ' ' + secret['jwt-accepted-secret'] + '\\n')`
  const { dir, env } = await setup(t, { kubectl })
  const [signs, accepts] = ['1'.repeat(64), '2'.repeat(64)]
  await writeFile(
    join(dir, 'secret.json'),
    JSON.stringify({ 'jwt-secret': signs, 'jwt-accepted-secret': accepts }),
  )
  await writeFile(join(dir, 'events'), `${signs} ${accepts}\n`)
  await run(join(root, 'k8s/rotate-jwt-secret.sh'), { cwd: dir, env })
  return readFile(join(dir, 'events'), 'utf8')
}

/** Runs the script with a docker that runs docker/generate-secrets.sh, and notes the secrets at each start. */
async function rotateInCompose(t: TestContext): Promise<string> {
  const docker = `#!/bin/sh
    set -eu
    note() { echo "$(cat secrets/gateway/jwt-secret) $(cat secrets/auth/jwt-accepted-secret)" >>events; }
    case "$*" in
      'compose run '*secrets*) while [ "$1" != secrets ]; do shift; done; shift; sh docker/generate-secrets.sh "$@" ;;
      'compose up '*' auth gateway') note ;;
      *) echo "unexpected: $*" >&2; exit 1 ;;
    esac`
  const { dir, env } = await setup(t, { docker })
  await cp(join(root, 'docker'), join(dir, 'docker'), { recursive: true })
  for (const name of ['source', 'rabbitmq', 'redis', 'mysql', 'mongodb', 'operator'])
    await mkdir(join(dir, 'secrets', name), { recursive: true })
  for (const name of ['auth', 'gateway', 'converter', 'notifier']) await mkdir(join(dir, 'secrets', name))
  const inside = { ...env, SECRETS_DIR: join(dir, 'secrets'), RIGHTS_DIR: join(root, 'k8s/base/rights') }
  await run('sh', ['docker/generate-secrets.sh'], { cwd: dir, env: inside })
  await run(join(dir, 'bin/docker'), ['compose', 'up', '--wait', 'auth', 'gateway'], {
    cwd: dir,
    env: inside,
  })
  await run('docker/rotate-jwt-secret.sh', { cwd: dir, env: inside })
  return readFile(join(dir, 'events'), 'utf8')
}

/** A folder whose `bin` has these programs, and a sleep that only notes its time. */
async function setup(t: TestContext, programs: Record<string, string>) {
  const dir = await temporaryFolder(t)
  await mkdir(join(dir, 'bin'))
  const sleep = '#!/bin/sh\necho "sleep $1" >>events\n'
  for (const [name, text] of Object.entries({ ...programs, sleep }))
    await writeFile(join(dir, 'bin', name), text, { mode: 0o755 })
  return { dir, env: { ...process.env, PATH: `${join(dir, 'bin')}:${process.env.PATH}` } }
}

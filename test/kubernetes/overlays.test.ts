import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { cp, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { promisify } from 'node:util'
import { temporaryFolder } from '../../packages/local-servers/src/testing/index.ts'
import { checkManifests, type Project, serviceConfigs } from './checks/check-manifests.ts'
import { type Manifest, ofKind } from './checks/manifest.ts'
import { buildOverlay, findOverlays, parseManifests, whyNoKubectl } from './checks/overlays.ts'
import { readProjectImages } from './checks/project-images.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../..')

// Without kubectl these tests are skipped. checks.test.ts tests the checks themselves on every machine.
const options = { skip: await whyNoKubectl() }

test('every overlay builds, and is right in every object', options, async t => {
  const k8s = await copyManifests(t)
  const project = await readProject()
  for (const name of await findOverlays(k8s))
    await t.test(name, async () => {
      const folder = join(k8s, 'overlays', name)
      const manifests = [...(await buildOverlay(folder)), ...(await secretsFromElsewhere(folder))]
      assert.deepEqual(await checkManifests(manifests, project), [])
    })
})

test('no secret comes from the repository', options, async t => {
  const [one, other] = [await copyManifests(t), await copyManifests(t)]
  for (const name of await findOverlays(one)) {
    const found = secretsIn(await buildOverlay(join(one, 'overlays', name)))
    const others = secretsIn(await buildOverlay(join(other, 'overlays', name)))
    if (name === 'local') assert.notEqual(found.length, 0)
    for (const value of found)
      assert.ok(!others.includes(value), `${name}: a secret is the same on two machines`)
  }
})

function secretsIn(manifests: readonly Manifest[]): string[] {
  return ofKind(manifests, 'Secret').flatMap(({ data, stringData }) =>
    Object.values({ ...data, ...stringData }),
  )
}

/** The secrets that an overlay does not create, with values. */
async function secretsFromElsewhere(folder: string): Promise<Manifest[]> {
  const text = await readFile(join(folder, 'secrets.example.yaml'), 'utf8').catch(() => '')
  const secrets = parseManifests(text)
  for (const { stringData = {} } of secrets)
    for (const [key, value] of Object.entries(stringData)) {
      const made = randomBytes(24).toString('hex')
      stringData[key] = value || (key === 'smtp-url' ? `smtps://jackalope:${made}@mail.example.com` : made)
    }
  return secrets
}

/** A copy of the manifests with newly generated secrets. */
async function copyManifests(t: TestContext): Promise<string> {
  const k8s = join(await temporaryFolder(t), 'k8s')
  await cp(join(root, 'k8s'), k8s, { recursive: true, filter: path => !path.endsWith('/secrets') })
  await run(join(k8s, 'overlays/local/make-secrets.sh'))
  return k8s
}

async function readProject(): Promise<Project> {
  const { version } = JSON.parse(await readFile(join(root, 'packages/cli/package.json'), 'utf8'))
  return { images: await readProjectImages(root), version, configs: serviceConfigs }
}

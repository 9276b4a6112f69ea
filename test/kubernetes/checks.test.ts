import assert from 'node:assert/strict'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { temporaryFolder } from '../../packages/local-servers/src/testing/index.ts'
import { checkManifests, type Project, serviceConfigs } from './checks/check-manifests.ts'
import { findOverlays, parseManifests, whyNoKubectl } from './checks/overlays.ts'
import { readProjectImages, targetsOf } from './checks/project-images.ts'
import { faults } from './faults/all-faults.ts'
import type { Fault } from './faults/fault.ts'

const { gateway, converter } = serviceConfigs
assert.ok(gateway && converter)
const image = { user: '1000:1000', env: {} }
const project: Project = {
  images: {
    targets: new Map(
      Object.entries({ gateway: image, converter: image, worker: { ...image, user: 'node' } }),
    ),
    servers: ['rabbitmq:4-management'],
  },
  version: '0.1.0',
  configs: { gateway, converter },
}

const sound = await readFile(join(import.meta.dirname, 'sound.yaml'), 'utf8')

test('a sound system has no faults', async () => {
  assert.deepEqual(await checkManifests(parseManifests(sound), project), [])
})

test('the checks find', async t => {
  for (const fault of faults)
    await t.test(fault.title, async () => {
      const found = await checkManifests(parseManifests(plant(fault)), project)
      const begins = found.map((text, index) => text.slice(0, fault.reports[index]?.length))
      assert.deepEqual(begins, fault.reports)
    })
})

function plant({ of, replace, by }: Fault): string {
  const [kind = '', name = ''] = of.split('/')
  const documents = sound.split('---\n')
  const index = documents.findIndex(
    text =>
      text.includes(`kind: ${kind}\n`) && new RegExp(`^metadata:\\s+(\\{ )?name: ${name}\\b`, 'm').test(text),
  )
  const document = documents[index] ?? ''
  const changed = document.replace(replace, by)
  assert.notEqual(changed, document, `${of} has no ${replace}`)
  return documents.with(index, changed).join('---\n')
}

test('checks that read nothing fail', async t => {
  const folder = await temporaryFolder(t)

  await t.test('no object', async () => {
    assert.deepEqual(await checkManifests([], project), ['there is no object to check'])
    assert.deepEqual(parseManifests('# nothing\n'), [])
  })

  await t.test('no overlay', async () => {
    await mkdir(join(folder, 'overlays'))
    await assert.rejects(findOverlays(folder), /there is no overlay in/)
  })

  await t.test('no target, no image', async () => {
    await writeFile(join(folder, 'Dockerfile'), '# nothing\n')
    await writeFile(join(folder, 'compose.yaml'), 'services: {}\n')
    await assert.rejects(readProjectImages(folder), /the Dockerfile has no target/)
    await writeFile(join(folder, 'Dockerfile'), 'FROM scratch AS gateway\n')
    await assert.rejects(readProjectImages(folder), /compose\.yaml names no image/)
  })

  await t.test('YAML that is none', () => {
    assert.throws(() => parseManifests('a: [1\n'), /Flow sequence/)
  })
})

test('a target of the Dockerfile has the user and the variables of what it is built on', () => {
  const targets = targetsOf(
    'FROM node AS base\nENV HOST=0.0.0.0 \\\n  PORT=8080\nUSER 1000:1000\nFROM base AS gateway\nENV PORT=80\n',
  )
  assert.deepEqual(targets.get('gateway'), { user: '1000:1000', env: { HOST: '0.0.0.0', PORT: '80' } })
})

test('without kubectl, or with an old one, it is said what to install', async t => {
  const folder = await temporaryFolder(t)
  assert.match((await whyNoKubectl({ PATH: folder })) ?? '', /^kubectl is not installed: see https:/)
  const answer = JSON.stringify({ clientVersion: { major: '1', minor: '20+' } })
  await writeFile(join(folder, 'kubectl'), `#!/bin/sh\necho '${answer}'\n`, { mode: 0o755 })
  assert.match((await whyNoKubectl({ PATH: folder })) ?? '', /^kubectl 1\.20\+ is too old, 1\.27 is needed/)
})

import { join } from 'node:path'
import { judgeRun, runTests, type TestOutcome } from '../checks/run-tests.ts'
import { listTypescriptFiles } from '../checks/typescript-files.ts'
import type { CommandContext } from '../command.ts'
import { takeLock } from '../run-lock.ts'
import { preparePrograms } from '../system/prepare-programs.ts'
import { createRunFolder } from '../system/run-folder.ts'
import { prepareBaseImages } from './base-images.ts'
import {
  buildServices,
  composeEnvironment,
  imageSizeBytes,
  keepLogs,
  removeSystem,
  serviceImages,
  startSystem,
} from './compose-system.ts'
import { createDocker, type Docker } from './docker.ts'
import { requireEngine } from './require-engine.ts'
import { forgetImages } from './stand-ins.ts'

/** Builds the images, starts the whole system with Docker Compose, runs the tests of `test/containers` against it and
 *  removes the system in every case.
 *  @throws {CliError} */
export async function testContainers(
  context: CommandContext,
  { yes }: { yes: boolean },
): Promise<TestOutcome> {
  const { project, terminal, signal } = context
  const env = await composeEnvironment(context)
  const logFile = join(project.logs, 'containers.log')
  const docker = createDocker({ cwd: project.root, env, logFile })
  terminal.line(`Docker engine ${await requireEngine(docker)}; details go to ${logFile}`)
  const lock = await takeLock(join(project.state, 'containers.lock'), {
    purpose: 'test containers',
    onWait: ({ pid }) =>
      terminal.line(`Waiting for another ./jackalope test containers (process ${pid}) ...`),
    signal,
  })
  try {
    await preparePrograms(context, { yes, needs: ['ffmpeg'] })
    return await withImages(docker, context, () => withSystem(docker, context, () => runAll(env, context)))
  } finally {
    await lock.release()
  }
}

/** Prepares all images. Afterwards it removes the names of stand-ins, and of images built on stand-ins. */
async function withImages<T>(docker: Docker, context: CommandContext, work: () => Promise<T>): Promise<T> {
  const { terminal } = context
  const standIns = await prepareBaseImages(docker, context)
  const built = await serviceImages(docker)
  try {
    const began = performance.now()
    await buildServices(docker, context)
    terminal.done('Built the images of the services', performance.now() - began)
    for (const name of built)
      terminal.line(`    ${name}: ${Math.round((await imageSizeBytes(name, docker)) / 1e6)} MB`)
    return await work()
  } finally {
    // Also when building failed.
    if (standIns.length > 0) await forgetImages([...standIns, ...built], docker)
  }
}

async function withSystem<T>(docker: Docker, context: CommandContext, work: () => Promise<T>): Promise<T> {
  const { terminal } = context
  await removeSystem(docker)
  try {
    const began = performance.now()
    await startSystem(docker, context)
    terminal.done('docker compose up: everything is healthy', performance.now() - began)
    return await work()
  } finally {
    const began = performance.now()
    await keepLogs(docker).finally(() => removeSystem(docker))
    terminal.done('Removed all containers, networks and volumes', performance.now() - began)
  }
}

async function runAll(env: CommandContext['env'], context: CommandContext): Promise<TestOutcome> {
  const { project, terminal, signal } = context
  const files = (await listTypescriptFiles(project.root, ['test/containers'])).filter(file =>
    file.endsWith('.test.ts'),
  )
  const run = await createRunFolder(project.testRuns)
  try {
    const countsFile = join(run.dir, 'counts.json')
    // One file at a time: each stops servers that the others need.
    const outcome = await runTests({ files, root: project.root, env, countsFile, signal, concurrency: 1 })
    return judgeRun(outcome, terminal)
  } finally {
    await run.remove()
  }
}

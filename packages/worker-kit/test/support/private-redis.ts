import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { type LocalServer, startRedis } from '@jackalope/local-servers'
import { onEnd } from '@jackalope/local-servers/testing'
import { type Setup, setup } from './setup.ts'

export interface PrivateRedis extends Setup {
  server: LocalServer
}

/** A queue on a Redis server that the test may stop, kill and set back. */
export async function setupWithPrivateRedis(t: TestContext): Promise<PrivateRedis> {
  const dir = await mkdtemp(join(tmpdir(), 'worker-kit-redis-'))
  const server = await startRedis({ dir })
  onEnd(t, async () => {
    await server.stop()
    await rm(dir, { recursive: true })
  })
  return { ...setup(t, server.url), server }
}

/** Puts the data of the last `SAVE` in the place of the server's; it must be down. */
export async function restoreSnapshot({ dir }: LocalServer): Promise<void> {
  const files = join(dir, 'appendonlydir')
  await rm(files, { recursive: true })
  await mkdir(files)
  await cp(join(dir, 'dump.rdb'), join(files, 'appendonly.aof.1.base.rdb'))
  await writeFile(join(files, 'appendonly.aof.manifest'), 'file appendonly.aof.1.base.rdb seq 1 type b\n')
}

import { chmod, chown, lchown, mkdtemp, open, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { withoutNetwork } from '../network-namespace.ts'
import { runProgram } from '../run-program.ts'
import type { Cell } from './cell.ts'
import { buildOwnRoot, type OwnRoot } from './own-root.ts'
import { shownPaths } from './shown-paths.ts'
import { asUser, asWeAre, nextToolUser } from './tool-users.ts'

/** Where the tools run: as far as the system lets this process do so, as users of their own, in a file system that holds the
 *  tools and one job alone, without a network. */
export interface Jail {
  /** What holds, for people. */
  readonly holds: string
  /** Makes a cell of a job's folder. */
  admit(folder: string): Promise<Cell>
  /** May be called twice. */
  close(): Promise<void>
}

export interface JailOptions {
  /** Absolute path of the folder in which the jobs' folders are. */
  work: string
  /** Paths or names of the programs that must run there. */
  programs: readonly string[]
  memoryBytes: number
  /** Whether this process is root. @default as it is */
  isRoot?: boolean
}

interface Way {
  holds: string
  /** Whether the tools get users of their own. */
  hasUsers: boolean
  /** How the file system is made; `undefined`: the tools see that of this process. */
  root: 'by root' | 'by users' | undefined
}

/** For a tool's own user: joining 64 recordings on a machine with many cores takes some hundred threads. Another container's tools may
 *  have the same user. */
const maxProcesses = 4_096

/** In the order in which they are tried. */
const ways: Way[] = [
  { holds: 'users and files of their own, no network', hasUsers: true, root: 'by root' },
  { holds: 'files of their own, no network', hasUsers: false, root: 'by users' },
  { holds: 'users of their own', hasUsers: true, root: undefined },
]

/** Tries what the system allows: each way is proven by running the tools, and by reading and writing a file. */
export async function openJail(options: JailOptions): Promise<Jail> {
  const { isRoot = process.getuid?.() === 0 } = options
  for (const way of process.platform === 'linux' ? ways : []) {
    if (way.hasUsers && !isRoot) continue
    const jail = await createJail(way, options).catch(() => undefined)
    if (jail && (await isProven(jail, options))) return jail
    await jail?.close()
  }
  return withoutJail(options)
}

async function createJail(way: Way, { work, programs, memoryBytes }: JailOptions): Promise<Jail> {
  const shown = await shownPaths(programs)
  const build = () => buildOwnRoot({ isUsers: way.root === 'by users', work, shown })
  let root: OwnRoot | undefined
  let inode = 0
  let entering: Promise<readonly string[]> | undefined
  // The keeper may have been killed, and a clean-up may have replaced the folder.
  const lookAtRoot = async (): Promise<readonly string[]> => {
    const { ino } = await stat(work)
    if (!root || root.isGone || ino !== inode) {
      root?.close()
      root = await build()
      inode = ino
    }
    return root.enter
  }
  // Jobs that come at once share a keeper: nobody would end the other one.
  const enterRoot = async (): Promise<readonly string[]> => {
    if (!way.root) return []
    entering ??= lookAtRoot().finally(() => {
      entering = undefined
    })
    return await entering
  }
  await enterRoot()
  return {
    holds: way.holds,
    async admit(folder) {
      const enter = await enterRoot()
      if (!way.hasUsers) return { ...openCell, memoryBytes, enter: [...enter, ...asWeAre] }
      const id = nextToolUser()
      // Others may pass through it to their own folder, and see nothing. It may have been made anew since the last job.
      await chmod(work, 0o711)
      await chown(folder, process.getuid?.() ?? 0, id)
      await chmod(folder, 0o710)
      return { ...cellOf(id), memoryBytes, processes: maxProcesses, enter: [...enter, ...asUser(id)] }
    },
    async close() {
      root?.close()
    },
  }
}

type Doors = Pick<Cell, 'letRead' | 'letWrite' | 'takeBack'>

/** Of tools that are this process's user. */
const openCell: Doors = { async letRead() {}, async letWrite() {}, async takeBack() {} }

/** Of tools with a user of their own. The job's folder is not theirs: what they write cannot become a link to something else. */
function cellOf(id: number): Doors {
  return {
    async letRead(path) {
      const { mode } = await stat(path)
      // The folders around it are closed to others; the store's are, too, if it is a link.
      await chmod(path, (mode & 0o777) | 0o004)
    },
    async letWrite(path) {
      const file = await open(path, 'wx', 0o600)
      await file.chown(id, id).finally(() => file.close())
    },
    takeBack: path => lchown(path, process.getuid?.() ?? 0, process.getgid?.() ?? 0),
  }
}

async function isProven(jail: Jail, { work, programs }: JailOptions): Promise<boolean> {
  const folder = await mkdtemp(join(work, 'job-'))
  try {
    const [given, made] = [join(folder, 'given'), join(folder, 'made')]
    await (await open(given, 'wx', 0o600)).close()
    const cell = await jail.admit(folder)
    await cell.letRead(given)
    await cell.letWrite(made)
    const script = 'cat <"$1" && echo done >"$2" && ! cat /etc/shadow'
    const tries = [
      runProgram('/bin/sh', ['-c', script, 'sh', given, made], { cell }),
      ...programs.map(program => runProgram(program, ['-version'], { cell })),
    ]
    const exits = await Promise.all(tries)
    return exits.every(({ exitCode }) => exitCode === 0)
  } catch {
    return false
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function withoutJail({ memoryBytes }: JailOptions): Promise<Jail> {
  const enter = await withoutNetwork()
  return {
    holds: enter.length > 0 ? 'no network' : 'limits alone',
    admit: async () => ({ ...openCell, memoryBytes, enter }),
    async close() {},
  }
}

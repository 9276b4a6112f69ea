import { delimiter } from 'node:path'

/** Folders in which Debian keeps servers. They are not on an ordinary user's PATH. */
const administratorFolders = ['/usr/local/sbin', '/usr/sbin', '/sbin']

/** The folders of PATH, followed by the administrator's folders. */
export function searchPath(path: string = process.env.PATH ?? ''): string[] {
  return [...new Set([...path.split(delimiter), ...administratorFolders])].filter(folder => folder !== '')
}

/** Where Node.js keeps compiled modules, if anywhere: a service then starts in half the time. */
export const compileCache = 'NODE_COMPILE_CACHE'

/** A minimal environment for a server, without the user's RABBITMQ_*, ERL_*, MYSQL_* and so on. */
export function serverEnvironment(more: Record<string, string> = {}): Record<string, string> {
  const kept = ['HOME', 'USER', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', compileCache]
  const entries = kept.flatMap(name => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value]]
  })
  return { ...Object.fromEntries(entries), PATH: searchPath().join(delimiter), ...more }
}

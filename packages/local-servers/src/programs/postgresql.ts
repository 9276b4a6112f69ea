import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findProgram } from './find-program.ts'

/** Where Debian keeps the programs of each version; none of them is on PATH. */
const debianFolder = '/usr/lib/postgresql'

/** Folder with PostgreSQL's `postgres` and `initdb`, of the newest version; `undefined` if they are missing. */
export function findPostgresql(): string | undefined {
  const folders = debianVersions().map(version => join(debianFolder, version, 'bin'))
  const server = findProgram('postgres', folders)
  const folder = server === undefined ? undefined : dirname(server)
  return folder && findProgram('initdb', [folder]) ? folder : undefined
}

function debianVersions(): string[] {
  try {
    return readdirSync(debianFolder).sort((one, other) => Number(other) - Number(one))
  } catch {
    return []
  }
}

import { findProgram } from '../programs/find-program.ts'
import { type LocalServer, type StartOptions, startServer } from '../server.ts'
import { mongod } from './mongod.ts'
import { secantusdb } from './secantusdb.ts'

export interface MongodbOptions extends StartOptions {
  /** Where SecantusDB's virtual environment is. @default the project's own */
  toolchainDir?: string
}

/** MongoDB where there is a `mongod`, else SecantusDB, with one user who has all rights. Each of the two has its own
 *  data in the folder. */
export function startMongodb({ toolchainDir, ...options }: MongodbOptions): Promise<LocalServer> {
  return startServer(findProgram('mongod') ? mongod : secantusdb(toolchainDir), options)
}

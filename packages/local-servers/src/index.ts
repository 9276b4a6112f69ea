export { hasComposeServers, stopComposeServers } from './compose/compose-project.ts'
export {
  type ComposeAddressName,
  composeAddressNames,
  startComposeServers,
} from './compose/compose-servers.ts'
export { hasComposeEngine } from './compose/docker.ts'
export { LocalServerError, type LocalServerErrorCode } from './errors.ts'
export { findFreePort, isPortFree } from './free-port.ts'
export { probeServer, type ServerIdentity } from './probe/probe-server.ts'
export { serverEnvironment } from './process/environment.ts'
export { identify, isRunning, type ProcessIdentity } from './process/identity.ts'
export { boundToThisProcess, type Command } from './process/launch.ts'
export { killProcess, stopProcess } from './process/stop.ts'
export { administratorPrefix } from './programs/administrator.ts'
export { describePackage, findChromium } from './programs/chromium.ts'
export { type EnsureOptions, ensurePrograms, type Need } from './programs/ensure-programs.ts'
export { findProgram, requireProgram } from './programs/find-program.ts'
export { findPython } from './programs/python.ts'
export { findSecantusdb, secantusdbVersion } from './programs/secantusdb.ts'
export {
  chooseMainPort,
  isServerRunning,
  killServer,
  type LocalServer,
  type ServerPlace,
  type ServerRecipe,
  type StartOptions,
  startServer,
  stopServer,
} from './server.ts'
export { readServerRecord, type ServerRecord, writePrivateFile } from './server-record.ts'
export {
  type Addresses,
  type AddressName,
  addressNames,
  missingAddresses,
  type ServerSet,
  type ServerSetOptions,
  serverDir,
  startServerSet,
} from './server-set.ts'
export { startMariadb } from './servers/mariadb.ts'
export { type MongodbOptions, startMongodb } from './servers/mongodb.ts'
export { startPostgresql } from './servers/postgresql.ts'
export {
  type RabbitmqOptions,
  type RabbitmqServer,
  rabbitmqScriptFolders,
  startRabbitmq,
} from './servers/rabbitmq.ts'
export {
  type RabbitmqCluster,
  type RabbitmqClusterOptions,
  startRabbitmqCluster,
} from './servers/rabbitmq-cluster.ts'
export { type RedisOptions, type RedisPersistence, startRedis } from './servers/redis.ts'
export { type SmtpCatcher, startSmtpCatcher } from './servers/smtp-catcher.ts'
export { stopServerSet } from './stop-server-set.ts'
export { startTcpProxy, type TcpProxy } from './tcp-proxy.ts'

// Stops servers, and imports only modules of Node.js: `./jackalope down` works where no package is installed.
export { stopComposeServers } from './compose/compose-project.ts'
export { LocalServerError } from './errors.ts'
export { identify, isRunning, type ProcessIdentity } from './process/identity.ts'
export { isServerRunning, stopServer } from './server.ts'
export { writePrivateFile } from './server-record.ts'
export { stopServerSet } from './stop-server-set.ts'

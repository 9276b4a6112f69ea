export { onEnd } from './clean-up.ts'
export { type ProxiedServer, proxyTo } from './proxy-to.ts'
export { type ServiceProcess, startService } from './service-process.ts'
export { temporaryFolder } from './temporary-folder.ts'

export { absolutePath } from './config/absolute-path.ts'
export { ConfigError } from './config/config-error.ts'
export { host } from './config/host.ts'
export { integer, port } from './config/integer.ts'
export { type LogLevel, logLevel } from './config/log-level.ts'
export { type Networks, networks, networksOf } from './config/networks.ts'
export { oneOf } from './config/one-of.ts'
export { readConfig } from './config/read-config.ts'
export { requireFor } from './config/require-for.ts'
export { secret } from './config/secret.ts'
export { serviceVariables } from './config/service-variables.ts'
export { textValue } from './config/text-value.ts'
export { connectionUrl, connectionUrls, httpUrl } from './config/url.ts'
export {
  createEndpointRouter,
  type EndpointHandler,
  type EndpointRouter,
  type EndpointRouterOptions,
} from './endpoint/endpoint-router.ts'
export { readJson } from './endpoint/read-json.ts'
export { origins } from './http/allow-origins.ts'
export {
  noToken,
  readBearerToken,
  scopeMissing,
  type TokenRefusal,
  tokenRefused,
} from './http/bearer-token.ts'
export { clientAddress, type TrustedProxies, trustedProxies, trustProxies } from './http/client-address.ts'
export { createHttpApp, type HttpAppOptions } from './http/create-http-app.ts'
export { deadline, extendDeadline, liftDeadline } from './http/deadline.ts'
export { type HealthCheck, type HealthOptions, healthRoutes, probePaths } from './http/health-routes.ts'
export { HttpProblem, type HttpProblemOptions, problem, unavailable } from './http/http-problem.ts'
export {
  createIdempotencyStore,
  type IdempotencyStore,
  type IdempotencyStoreOptions,
} from './http/idempotency/idempotency-store.ts'
export { bodyHash, type IdempotentOptions, idempotent } from './http/idempotency/idempotent.ts'
export { networkOf, wideNetworkOf } from './http/network-of.ts'
export { problemDetails } from './http/problem-details.ts'
export { limitAddress, limitRate } from './http/rate/limit-rate.ts'
export {
  createRateLimiter,
  type RateLimiter,
  type RateLimiterOptions,
  type RatePolicy,
} from './http/rate/rate-limiter.ts'
export { requestId } from './http/request-id.ts'
export { requestLog } from './http/request-log.ts'
export { apiSecurityHeaders } from './http/security-headers.ts'
export { type HttpServer, type ServeOptions, serve } from './http/serve.ts'
export { processName } from './lifecycle/process-name.ts'
export { type RepeatOptions, repeat } from './lifecycle/repeat.ts'
export { type Closable, Resources } from './lifecycle/resources.ts'
export { runService, type ServiceOptions, type StartContext } from './lifecycle/run-service.ts'
export { TimeLimitError, withTimeLimit } from './lifecycle/time-limit.ts'
export { type WaitOptions, waitFor } from './lifecycle/wait-for.ts'
export { createLogger, type LoggerOptions } from './log/create-logger.ts'
export { hideUrlPasswords } from './log/hide-secrets.ts'
export { type LogFields, withLogFields } from './log/log-context.ts'
export { type LoggedJob, withJobLog } from './log/with-job-log.ts'
export { createMetrics, type Metrics } from './metrics/create-metrics.ts'
export { type ServeMetricsOptions, serveMetrics } from './metrics/serve-metrics.ts'
export { isPublicAddress } from './net/public-address.ts'
export { connectRedis, type RedisConnection, type RedisOptions } from './redis/connect-redis.ts'

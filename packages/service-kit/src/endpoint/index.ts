// What definitions of endpoints need. Definitions are shared with clients, so no server is imported here.
export * from './common-problems.ts'
export {
  defineEndpoint,
  type Endpoint,
  type EndpointAccess,
  type EndpointAnswer,
  type EndpointInput,
  type EndpointMethod,
} from './endpoint.ts'
export { defineProblem, type ProblemKind } from './problem-kind.ts'

import type { Scope } from '@jackalope/contracts'
import type { EndpointAccess } from '@jackalope/service-kit/endpoint'
import type { Middleware } from 'koa'
import type { AppDeps } from '../app-deps.ts'
import { requireServiceToken } from './require-service-token.ts'
import { requireUser, type UserDeps } from './require-user.ts'

/** Gives the middleware that checks who calls an endpoint. `login` checks the password itself. */
export function authorize(deps: UserDeps & Pick<AppDeps, 'serviceToken'>) {
  const service = requireServiceToken(deps.serviceToken)
  return (access: Exclude<EndpointAccess, 'public'>): Middleware => {
    if (access === 'service') return service
    if (access === 'password') return (_ctx, next) => next()
    return requireUser(deps, { scope: access.scope as Scope, role: access.role })
  }
}

import type { Scope } from '@jackalope/contracts'
import type { EndpointAccess } from '@jackalope/service-kit/endpoint'
import type { Middleware } from 'koa'
import { requireUser, type UserChecks } from './require-user.ts'

/** Gives the middleware that lets a request pass which has the endpoint's scope and role. */
export function authorize(deps: UserChecks) {
  return (access: Exclude<EndpointAccess, 'public'>): Middleware => {
    if (typeof access === 'object') return requireUser(deps, access as { scope: Scope; role?: string })
    throw new TypeError(`The gateway serves no endpoint with the access "${access}".`)
  }
}

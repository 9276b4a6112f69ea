import type { Fault } from './fault.ts'

/** Faults that checks/ingress.ts must find. */
export const ingressFaults: readonly Fault[] = [
  {
    title: 'an ingress that limits uploads',
    of: 'Ingress/gateway',
    replace: 'proxy-body-size: "0"',
    by: 'proxy-body-size: 1m',
    reports: ['Ingress/gateway: nginx.ingress.kubernetes.io/proxy-body-size must be "0"'],
  },
  {
    title: 'an ingress that holds back uploads until they are whole',
    of: 'Ingress/gateway',
    replace: 'proxy-request-buffering: "off"',
    by: 'proxy-request-buffering: "on"',
    reports: ['Ingress/gateway: nginx.ingress.kubernetes.io/proxy-request-buffering must be "off"'],
  },
  {
    title: 'an ingress that cuts events',
    of: 'Ingress/gateway',
    replace: 'proxy-read-timeout: "600"',
    by: 'proxy-read-timeout: "30"',
    reports: ['Ingress/gateway: nginx.ingress.kubernetes.io/proxy-read-timeout must be longer than 60 s'],
  },
  {
    title: 'a gateway that does not believe its ingress',
    of: 'ConfigMap/gateway',
    replace: '  TRUSTED_PROXIES: uniquelocal\n',
    by: '',
    reports: ['Deployment/gateway: takes all users for one, the ingress controller: set TRUSTED_PROXIES'],
  },
]

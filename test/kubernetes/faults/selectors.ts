import type { Fault } from './fault.ts'

/** Faults that checks/selectors.ts must find. */
export const selectorFaults: readonly Fault[] = [
  {
    title: 'a deployment whose selector does not match its template',
    of: 'Deployment/gateway',
    replace: 'selector: { matchLabels: { app: gateway } }',
    by: 'selector: { matchLabels: { app: gate } }',
    reports: ['Deployment/gateway: its selector does not match the labels of its template'],
  },
  {
    title: "a deployment whose selector matches another one's pods",
    of: 'Deployment/gateway',
    replace: 'selector: { matchLabels: { app: gateway } }',
    by: 'selector: { matchExpressions: [{ key: app, operator: Exists }] }',
    reports: ['Deployment/gateway: its selector matches pods of others'],
  },
  {
    title: 'a spread over the pods of others',
    of: 'Deployment/gateway',
    replace: 'labelSelector: { matchLabels: { app: gateway } }',
    by: 'labelSelector: { matchLabels: { app: gate } }',
    reports: ['Deployment/gateway: spreads pods of others'],
  },
  {
    title: 'a disruption budget for no pod',
    of: 'PodDisruptionBudget/gateway',
    replace: 'app: gateway',
    by: 'app: gate',
    reports: ['PodDisruptionBudget/gateway: no pod has the labels {"matchLabels":{"app":"gate"}}'],
  },
  {
    title: 'a network policy that lets in pods which are not there',
    of: 'NetworkPolicy/to-rabbitmq',
    replace: '    - from:\n',
    by: '    - from:\n        - podSelector: { matchLabels: { app: notfier } }\n',
    reports: ['NetworkPolicy/to-rabbitmq: no pod has the labels {"matchLabels":{"app":"notfier"}}'],
  },
]

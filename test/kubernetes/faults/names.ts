import type { Fault } from './fault.ts'

/** Faults that checks/names.ts must find. */
export const nameFaults: readonly Fault[] = [
  {
    title: 'a name that is none',
    of: 'PodDisruptionBudget/gateway',
    replace: 'name: gateway',
    by: 'name: Gate_Way',
    reports: ['PodDisruptionBudget/Gate_Way: not a valid name'],
  },
  {
    title: 'two objects of one name',
    of: 'PodDisruptionBudget/gateway',
    replace: /^[\s\S]*$/,
    by: '$&---\n$&',
    reports: ['PodDisruptionBudget/gateway in sound: there twice'],
  },
  {
    title: 'a port that is none',
    of: 'Service/gateway',
    replace: 'port: 80,',
    by: 'port: 99999,',
    reports: ['Service/gateway: 99999 is no port'],
  },
  {
    title: 'a name that no port may have',
    of: 'Deployment/gateway',
    replace: 'ports: [',
    by: 'ports: [{ name: a_port, containerPort: 1 }, ',
    reports: ['Deployment/gateway: a_port is no valid name of a port'],
  },
  {
    title: 'a port that is there twice',
    of: 'Deployment/gateway',
    replace: 'ports: [',
    by: 'ports: [{ name: other, containerPort: 8080 }, ',
    reports: ['Deployment/gateway: port 8080 is there twice'],
  },
  {
    title: 'a label that is none',
    of: 'Deployment/gateway',
    replace: 'labels: { app: gateway } }\nspec',
    by: 'labels: { app: the gateway } }\nspec',
    reports: ['Deployment/gateway: label app has no valid value'],
  },
]

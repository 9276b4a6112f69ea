import { type Manifest, titleOf } from './manifest.ts'

/** Checks each object against the schema of its kind. Unknown fields are faults too: kubectl refuses them, and an API
 *  server that accepts them ignores them. */
export async function checkSchema(manifests: readonly Manifest[]): Promise<string[]> {
  const faults = await Promise.all(
    manifests.map(async manifest => {
      const found = await faultsOf(manifest).catch((error: Error) => [error.message])
      return found.map(fault => `${titleOf(manifest)}: ${fault}`)
    }),
  )
  return faults.flat()
}

async function faultsOf(manifest: Manifest): Promise<string[]> {
  const model = await modelOf(manifest)
  const reader = new ReadRecorder()
  try {
    model.prototype.validate.call(reader.watch(manifest, ''))
  } catch (error) {
    return [(error as Error).message.replaceAll('data/', '/')]
  }
  return reader.unread().map(path => `${path} is no field of ${manifest.apiVersion} ${manifest.kind}`)
}

interface Model {
  prototype: { validate(): void }
}

async function modelOf({ apiVersion, kind }: Manifest): Promise<Model> {
  const library = apiVersion?.startsWith('keda.sh/') ? '@kubernetes-models/keda' : 'kubernetes-models'
  try {
    return (await import(`${library}/${apiVersion}/${kind}`))[kind]
  } catch (cause) {
    throw new Error(`no schema is known for apiVersion ${apiVersion}, kind ${kind}`, { cause })
  }
}

/** Records which fields are read. The library's validators read every field of a schema and ignore all others: a field
 *  that was never read is not in the schema. */
class ReadRecorder {
  readonly #fields = new Set<string>()
  readonly #read = new Set<string>()

  watch<T extends object>(value: T, path: string): T {
    for (const key of Object.keys(value)) this.#fields.add(`${path}/${key}`)
    return new Proxy(value, {
      get: (target, key, receiver) => {
        const field = Reflect.get(target, key, receiver)
        if (typeof key === 'symbol' || !Object.hasOwn(target, key)) return field
        this.#read.add(`${path}/${key}`)
        return field !== null && typeof field === 'object' ? this.watch(field, `${path}/${key}`) : field
      },
    })
  }

  unread(): string[] {
    return [...this.#fields].filter(field => !this.#read.has(field))
  }
}

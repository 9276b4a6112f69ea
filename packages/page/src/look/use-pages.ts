import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { noteSignedOut } from '../api/note-signed-out.ts'
import { request } from '../api/request.ts'
import { type Resource, useResource } from './use-resource.ts'

interface Page<Item> {
  items: Item[]
  next?: string | undefined
}

/** A list that comes in pages, each added to those before. */
export interface Pages<Item> extends Resource<Item[]> {
  hasMore: boolean
  isLoadingMore: boolean
  loadMore(): Promise<void>
}

/** @param path - of the first page, with its query; another one begins anew
 *  @param itemsOf - takes the elements out of an answer */
export function usePages<Answer extends { next?: string }, Item>(
  path: string,
  itemsOf: (answer: Answer) => Item[],
): Pages<Item> {
  const fetchPage = async (from: string): Promise<Page<Item>> => {
    const answer = await request<Answer>('GET', from)
    return { items: itemsOf(answer), next: answer.next }
  }
  const first = useResource(() => fetchPage(path), path)
  const more = useSignal<{ isLoading: boolean; error?: unknown }>({ isLoading: false })
  useEffect(() => {
    more.value = { isLoading: false }
  }, [path])

  async function loadMore(): Promise<void> {
    const shown = first.data
    if (!shown?.next || more.value.isLoading) return
    more.value = { isLoading: true }
    try {
      const { items, next } = await fetchPage(shown.next)
      first.replace({ items: [...shown.items, ...items], next })
      more.value = { isLoading: false }
    } catch (error) {
      noteSignedOut(error)
      more.value = { isLoading: false, error }
    }
  }

  return {
    data: first.data?.items,
    error: first.error ?? more.value.error,
    isLoading: first.isLoading,
    reload: () => (more.value.error === undefined ? first.reload() : loadMore()),
    replace: items => first.replace({ items, next: first.data?.next }),
    hasMore: first.data?.next !== undefined,
    isLoadingMore: more.value.isLoading,
    loadMore,
  }
}

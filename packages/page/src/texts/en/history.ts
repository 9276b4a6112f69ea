export const history = {
  title: 'History',
  search: {
    label: 'Search by name',
    placeholder: 'Words of the file name',
    submit: 'Search',
    state: 'State',
    anyState: 'All',
  },
  states: {
    waiting: 'Waiting',
    active: 'Being converted',
    delayed: 'Tried again soon',
    completed: 'Done',
    failed: 'Failed',
    canceled: 'Canceled',
    expired: 'Expired',
  },
  /** @param audio - such as "7 days"; `undefined` for ever */
  kept: (audio: string | undefined, source: string | undefined) =>
    [
      audio ? `The audio is kept for ${audio}.` : 'The audio is kept until you delete it.',
      source ? `The uploaded file is removed ${source} after its conversion.` : '',
    ]
      .filter(Boolean)
      .join(' '),
  keptList: (list: string) => `Files that are gone stay in this list for ${list}.`,
  emptyTitle: 'Nothing yet',
  emptyText: 'Files that you convert appear here.',
  emptyLink: 'Drop a video',
  nothingTitle: 'Nothing found',
  nothingText: 'No file fits. Search for fewer words, or show all states.',
  goOnSearching: 'Search further back',
  reset: 'Show all',
  /** @param count - of files that are shown */
  found: (count: number, shown: string): string => (count === 1 ? '1 file' : `${shown} files`),
}

/** What forms, lists and times say in all views. */
export const form = {
  show: 'Show',
  hide: 'Hide',
  cancel: 'Cancel',
  reload: 'Try again',
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'Select the text and copy it yourself: the browser did not allow it.',
  never: 'never',
  none: 'none',
  details: 'Details',
}

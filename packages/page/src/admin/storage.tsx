import { View } from '../app/view.tsx'

export function Storage() {
  return <View title="Storage">{null}</View>
}

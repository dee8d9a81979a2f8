/** Where the pointer is, in CSS pixels from the top left corner of the element that listens. */
export function pointerAt(event: MouseEvent): [number, number] {
  const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
}

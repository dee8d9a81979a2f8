import type { Attachment } from 'svelte/attachments';

/**
 * Paints a canvas whenever what `paint` reads changes: size in CSS pixels, sharp at the device's pixel ratio.
 * `<canvas {@attach painted(width, height, ratio, (c) => ...)}>`; painting happens once per frame at most.
 */
export function painted(
  width: number,
  height: number,
  devicePixelRatio: number,
  paint: (context: CanvasRenderingContext2D) => void,
): Attachment<HTMLCanvasElement> {
  return (canvas) => {
    const context = canvas.getContext('2d');
    if (context === null) return;
    const frame = requestAnimationFrame(() => {
      canvas.width = Math.max(1, Math.round(width * devicePixelRatio));
      canvas.height = Math.max(1, Math.round(height * devicePixelRatio));
      context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
      context.clearRect(0, 0, width, height);
      paint(context);
    });
    return () => cancelAnimationFrame(frame);
  };
}

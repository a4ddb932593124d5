// A house with two windows, 32 × 32, drawn for this project.
const png = [
  'iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAYAAABzenr0AAAAtUlEQVR42u2XwQ2AIAxFGcFNdBRGYBQ2cARGYARGYA1vjqCYQEII',
  'VSkCMenhXUjhv8OviWxeNzYSRgKVDyhPd4HJoR2HR/uzLgJXkI3CAxYjURq+OPZMeGD3M00E+EN4LMG/FhAvglPEVwIKER5QNQJp',
  '07Hcbkhp07GAG4JpOpbshmCbXiPBIQHRMBjcEKgDrYJfl5AE4kvGITOYwhm0gARmZOEMCZDAfwWGryF9CYcI0L9hN06DxB8FOixT',
  'LwAAAABJRU5ErkJggg==',
].join('');

/** The app's sign for trays and notifications, as a data URL. */
export const iconUrl = `data:image/png;base64,${png}`;

/** Points (1/72 inch), the unit of scenes. */
export const pointsPerMillimetre = 72 / 25.4;

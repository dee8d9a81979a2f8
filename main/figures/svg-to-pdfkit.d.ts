// svg-to-pdfkit has no types of its own; these are the parts used (its README, "Syntax" and "Supported").
declare module 'svg-to-pdfkit' {
  import type PDFDocument from 'pdfkit';

  export default function svgToPdf(
    document: InstanceType<typeof PDFDocument>,
    svg: string,
    x: number,
    y: number,
    options: {
      readonly width: number;
      readonly height: number;
      readonly assumePt: boolean;
      readonly fontCallback: (family: string, bold: boolean, italic: boolean) => string;
      readonly warningCallback: (message: string) => void;
    },
  ): void;
}

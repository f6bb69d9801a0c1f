/*
 * sheet.h - the measured scene twice: as a scene, and as a sheet of sc that computes
 * the same numbers, so that typing an input can be measured against typing a cell.
 */
#ifndef BACKSTEP_TESTS_BENCH_SHEET_H
#define BACKSTEP_TESTS_BENCH_SHEET_H

/* Write both files. Ends the benchmark where that fails. */
void sheet_write(const char *scene, const char *sheet);

#endif

/*
 * test_csv.c - data sets from CSV: what is read, and what every mistake is told
 * with its line and column. Files are not to be trusted.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "base/random.h"
#include "base/text.h"
#include "net/data.h"

/* ---- what is read ---- */

static struct dataset *read_chosen(const char *text, size_t n_0, size_t n_K,
                                   const char *const *columns, size_t column_count) {
    struct dataset *data = NULL;
    struct error error = {0};
    enum status status = data_from_csv(text, strlen(text), "f.csv", n_0, n_K, columns, column_count,
                                       &(struct ask){0}, &data, &error);
    if (status != STATUS_OK) {
        fail_msg("%s", error.text);
    }
    assert_string_equal(data->source, "f.csv");
    return data;
}

/* Every row's inputs, then its targets, one row behind the other. */
static void expect(struct dataset *data, size_t count, const double *numbers) {
    assert_int_equal(data->count, count);
    for (size_t row = 1; row <= count; row++) {
        for (size_t i = 0; i < data->inputs; i++) {
            assert_true(dataset_x(data, row)[i] == *numbers++);
        }
        for (size_t j = 0; j < data->targets; j++) {
            assert_true(dataset_y(data, row)[j] == *numbers++);
        }
    }
    dataset_drop(data);
}

static void reads(const char *text, size_t n_0, size_t n_K, size_t count, const double *numbers) {
    expect(read_chosen(text, n_0, n_K, NULL, 0), count, numbers);
}

static void test_plain(void **state) {
    (void)state;
    reads("1,2,3\n4,5,6\n", 2, 1, 2, (const double[]){1, 2, 3, 4, 5, 6});
    reads("1,2,3\n4,5,6", 1, 2, 2, (const double[]){1, 2, 3, 4, 5, 6});
    reads("7,8", 1, 1, 1, (const double[]){7, 8});
}

static void test_separators_and_line_ends(void **state) {
    (void)state;
    const double numbers[] = {1, 2, 3, 4};
    reads("1;2\n3;4\n", 1, 1, 2, numbers);
    reads("1\t2\n3\t4\n", 1, 1, 2, numbers);
    reads("1,2\r\n3,4\r\n", 1, 1, 2, numbers);
    reads("1,2\r3,4", 1, 1, 2, numbers);
    reads("\n  \n1,2\n\n\t\n3,4\n\n", 1, 1, 2, numbers);
    reads("\xEF\xBB\xBF"
          "1,2\n3,4\n",
          1, 1, 2, numbers);
    reads("\"a,b\";c\n1;2\n3;4\n", 1, 1, 2, numbers);
}

static void test_numbers(void **state) {
    (void)state;
    reads(" -1.5 ,+2e3\n.5,5.\n-0.1E-2,\"-7\"\n\" 8 \",\"9\" \n", 1, 1, 4,
          (const double[]){-1.5, 2000, 0.5, 5, -0.001, -7, 8, 9});
    struct dataset *data = read_chosen("0.1,-0\n", 1, 1, NULL, 0);
    assert_true(dataset_x(data, 1)[0] == 0.1);
    assert_true(signbit(dataset_y(data, 1)[0]) != 0);
    dataset_drop(data);
}

/* As spreadsheets write them where the comma is the decimal sign: behind semicolons, tabs,
 * or in quotes. */
static void test_decimal_commas(void **state) {
    (void)state;
    const double numbers[] = {5.1, -0.25, 1e-3, 7};
    reads("L\xC3\xA4nge;Breite\r\n5,1;-0,25\r\n1,0E-03;7\r\n", 1, 1, 2, numbers);
    reads("5,1;-,25\n0,001;7,\n", 1, 1, 2, numbers); /* the first line is no header */
    reads("5,1\t-0,25\n0,001\t7\n", 1, 1, 2, numbers);
    reads("a,b\n\"5,1\",\"-0,25\"\n\"0,001\",7\n", 1, 1, 2, numbers);
    /* what is no thousand for sure settles it for those before and after */
    reads("1,234;2\n1234,5;4,125\n", 1, 1, 2, (const double[]){1.234, 2, 1234.5, 4.125});
    reads("1,234;0,125\n", 1, 1, 1, (const double[]){1.234, 0.125});
    /* what is not read tells nothing */
    const char *dates = "Tag;a;b\n12.03.2024;1,5;2\n1.5;2,5;3\n";
    expect(read_chosen(dates, 1, 1, (const char *const[]){"a", "b"}, 2), 2,
           (const double[]){1.5, 2, 2.5, 3});
}

static void test_header(void **state) {
    (void)state;
    struct dataset *data = read_chosen("width,\"the \"\"y\"\"\"\n1,2\n", 1, 1, NULL, 0);
    assert_string_equal(data->names[0], "width");
    assert_string_equal(data->names[1], "the \"y\"");
    expect(data, 1, (const double[]){1, 2});
    data = read_chosen("1,2\n", 1, 1, NULL, 0);
    assert_null(data->names);
    dataset_drop(data);
    /* a line end within quotes belongs to the name */
    data = read_chosen("\"a\r\nb\",c\r\n1,2\r\n", 1, 1, NULL, 0);
    assert_string_equal(data->names[0], "a\nb");
    dataset_drop(data);
}

static void test_chosen_columns(void **state) {
    (void)state;
    const char *file = "id,species,length,width\n1,setosa,5.1,3.5\n2,virginica,6.3,3.3\n";
    const double numbers[] = {3.5, 5.1, 3.3, 6.3};
    struct dataset *data = read_chosen(file, 1, 1, (const char *const[]){"width", "length"}, 2);
    assert_string_equal(data->names[0], "width");
    assert_string_equal(data->names[1], "length");
    expect(data, 2, numbers);
    expect(read_chosen(file, 1, 1, (const char *const[]){"4", "3"}, 2), 2, numbers);
    /* by number without a header, words in the columns left out; one column twice */
    const char *plain = "setosa,5,3\nvirginica,6,4\n";
    expect(read_chosen(plain, 1, 1, (const char *const[]){"3", "2"}, 2), 2,
           (const double[]){3, 5, 4, 6});
    expect(read_chosen(plain, 1, 2, (const char *const[]){"2", "2", "3"}, 3), 2,
           (const double[]){5, 5, 3, 6, 6, 4});
    /* a name makes the first line a header, though it holds a number */
    expect(read_chosen("a,2020\n1,2\n", 1, 1, (const char *const[]){"2", "a"}, 2), 1,
           (const double[]){2, 1});
}

static void test_many_rows(void **state) {
    (void)state;
    struct text text = TEXT_EMPTY;
    for (int n = 0; n < 5000; n++) {
        text_printf(&text, "%d,%d.5\n", n, -n);
    }
    struct dataset *data = read_chosen(text_string(&text), 1, 1, NULL, 0);
    assert_int_equal(data->count, 5000);
    for (size_t row = 1; row <= 5000; row++) {
        assert_true(dataset_x(data, row)[0] == (double)(row - 1));
        assert_true(fabs(dataset_y(data, row)[0]) == (double)(row - 1) + 0.5);
    }
    dataset_drop(data);
    text_free(&text);
}

static bool stop_at_once(void *context) {
    (void)context;
    return true;
}

/* Very many take seconds: whoever may stop that is asked in time. */
static void test_rows_can_be_stopped(void **state) {
    (void)state;
    struct text text = TEXT_EMPTY;
    while (text.length < 3 * 1024 * 1024) {
        text_put(&text, "0.123456789012345,-12345678901234567890\n");
    }
    struct ask ask = {.stop = stop_at_once};
    struct dataset *data = NULL;
    struct error error = {0};
    assert_int_equal(
        data_from_csv(text_string(&text), text.length, "f.csv", 1, 1, NULL, 0, &ask, &data, &error),
        STATUS_INTERRUPTED);
    assert_null(data);
    assert_string_equal(error.text, "stopped: all is as it was");
    text_free(&text);
}

/* ---- what is refused ---- */

static void refuses_chosen(const char *text, size_t length, const char *const *columns,
                           size_t column_count, const char *sentence) {
    struct dataset *data = NULL;
    struct error error = {0};
    enum status status = data_from_csv(text, length, "f.csv", 2, 1, columns, column_count,
                                       &(struct ask){0}, &data, &error);
    assert_int_equal(status, STATUS_INPUT);
    assert_null(data);
    assert_string_equal(error.text, sentence);
}

static void refuses(const char *text, const char *sentence) {
    refuses_chosen(text, strlen(text), NULL, 0, sentence);
}

static void test_bad_numbers(void **state) {
    (void)state;
    refuses("1,2,3\n4,five,6\n", "f.csv:2:3: 'five' is not a number");
    refuses("a,b,c\n1,2,\n", "f.csv:2:5: a number is missing");
    refuses("1,2,3\n\n\n4, ,6\n", "f.csv:4:4: a number is missing");
    refuses("1,2,3\n4,nan,6\n", "f.csv:2:3: 'nan' is not a number");
    refuses("1,2,3\n4,-inf,6\n", "f.csv:2:3: '-inf' is not a number");
    refuses("1,2,3\n4,0x10,6\n", "f.csv:2:3: '0x10' is not a number");
    refuses("1,2,3\n4,1e999,6\n", "f.csv:2:3: '1e999' is too large for a number");
    refuses("1,2,3\n4,5 5,6\n", "f.csv:2:3: '5 5' is not a number");
    refuses("1,2,3\n4,--5,6\n", "f.csv:2:3: '--5' is not a number");
    refuses("1,two,3\n4,5,6\n", "f.csv:1:3: 'two' is not a number");
    /* columns count letters, not bytes; what is shown is harmless and not long */
    refuses("a,b,c\näöü,1,2\n", "f.csv:2:1: 'äöü' is not a number");
    refuses("\"ä\nö\",b,c\n1,2,3\n\"ü\",x,5\n", "f.csv:4:1: 'ü' is not a number");
    refuses("1,2,3\n4,\x1b[2J,6\n", "f.csv:2:3: '\xEF\xBF\xBD[2J' is not a number");
    refuses("1,2,3\n4,0123456789012345678901234567890123456789xyz,6\n",
            "f.csv:2:3: '0123456789012345678901234567890123456789' is not a number");
}

static void test_bad_decimal_signs(void **state) {
    (void)state;
    refuses("1;2;3\n4;1,234;6\n",
            "f.csv:2:3: '1,234' may have a decimal comma, or one between thousands: a point for "
            "the first is right, no sign for the second");
    refuses("a,b,c\n\"-12,345\",2,3\n\"1,234\",5,6\n",
            "f.csv:2:1: '-12,345' may have a decimal comma, or one between thousands: a point for "
            "the first is right, no sign for the second");
    refuses("1;2;3\n4;5,5;6\n7;8.5;9\n",
            "f.csv:3:3: '8.5' has a point, but a number in line 2 has a comma: one decimal sign "
            "for all is right");
    refuses("1;2.5;3\n\n4;5;0,5\n",
            "f.csv:3:5: '0,5' has a comma, but a number in line 1 has a point: one decimal sign "
            "for all is right");
    refuses("1;2;3\n4;1,234,567;6\n",
            "f.csv:2:3: '1,234,567' is not a number: a decimal sign is right, and none between "
            "thousands");
    refuses("1;2;3\n4;1.234,5;6\n",
            "f.csv:2:3: '1.234,5' is not a number: a decimal sign is right, and none between "
            "thousands");
    refuses("1;2;3\n4;a,b;6\n", "f.csv:2:3: 'a,b' is not a number");
}

static void test_bad_shapes(void **state) {
    (void)state;
    refuses("", "f.csv:1:1: there is nothing in this file");
    refuses("\n \r\n", "f.csv:1:1: there is nothing in this file");
    refuses("a,b,c\n", "f.csv:1:1: there is a header but no row");
    refuses("1,2\n3,4\n", "f.csv:1:1: 2 columns here, but the network takes 3: 2 inputs and 1 "
                          "target");
    refuses("1,2,3\n4,5\n", "f.csv:2:3: this line has 2 columns, but the first has 3");
    refuses("1,2,3\n4,5,6,7,8\n",
            "f.csv:2:5: this line has more than 3 columns, but the first has 3");
    refuses("1,2,3\n4,\"5,6\n7,8,9\n", "f.csv:2:3: this quote is not closed");
    refuses("1,2,3\n4,\"5\"5,6\n",
            "f.csv:2:6: after a closing quote comes a separator or the line's end");
    refuses_chosen("1,2,3\n4\0,5,6\n", 13, NULL, 0, "f.csv:1:1: this is not a text file in UTF-8");
}

static void test_bad_choices(void **state) {
    (void)state;
    const char *file = "a,b,c,d\n1,2,3,4\n";
    refuses_chosen(file, strlen(file), (const char *const[]){"a", "b"}, 2,
                   "f.csv:1:1: 2 columns chosen, but the network takes 3: 2 inputs and 1 target");
    refuses_chosen(file, strlen(file), (const char *const[]){"a", "b", "e"}, 3,
                   "f.csv:1:1: there is no column 'e'");
    refuses_chosen(file, strlen(file), (const char *const[]){"a", "b", "5"}, 3,
                   "f.csv:1:1: there is no column '5': 1 to 4 exist");
    refuses_chosen(file, strlen(file), (const char *const[]){"a", "b", "0"}, 3,
                   "f.csv:1:1: there is no column '0': 1 to 4 exist");
    refuses_chosen(file, strlen(file), (const char *const[]){"a", "b", "99999999999999999999"}, 3,
                   "f.csv:1:1: there is no column '99999999999999999999': 1 to 4 exist");
    refuses_chosen("1,2,3,4\n", 8, (const char *const[]){"1", "2", "a"}, 3,
                   "f.csv:1:1: there is no column 'a': the first line is not a header");
}

static void test_too_many_columns(void **state) {
    (void)state;
    struct text text = TEXT_EMPTY;
    text_put_repeat(&text, "1,", DATA_MAX_COLUMNS + 1);
    refuses(text_string(&text), "f.csv:1:200001: more than 100000 columns in a line");
    text_free(&text);
}

/* ---- hostile files ---- */

/* Whatever the bytes: a data set of the right shape, or an error with a text. The
 * bytes stand in memory of just their length, so that reading on would be seen. */
static void try_bytes(const char *bytes, size_t length) {
    char *exact = memory_array(length, 1);
    assert_non_null(exact);
    memcpy(exact, bytes, length);
    struct dataset *data = NULL;
    struct error error = {0};
    enum status status =
        data_from_csv(exact, length, "f.csv", 2, 1, NULL, 0, &(struct ask){0}, &data, &error);
    if (status == STATUS_OK) {
        assert_true(data->count > 0);
        for (size_t n = 0; n < data->count * 2; n++) {
            assert_true(isfinite(data->x[n]));
        }
    } else {
        assert_null(data);
        assert_memory_equal(error.text, "f.csv:", 6);
    }
    dataset_drop(data);
    free(exact);
}

static const char *const good = "\"a\",b,\"c \"\"d\"\"\"\r\n1, -2.5e-3 ,\"3\"\n\n+4,.5,6\n";

static void test_every_beginning(void **state) {
    (void)state;
    for (size_t length = 0; length <= strlen(good); length++) {
        try_bytes(good, length);
    }
}

static void test_mutations(void **state) {
    (void)state;
    static const char letters[] = "0123456789.,;\t\"\r\n eE+-ax\0\xff\xc3\xa4";
    struct random random;
    random_seed(&random, 1);
    for (int n = 0; n < 20000; n++) {
        char bytes[64];
        size_t length = strlen(good);
        memcpy(bytes, good, length);
        for (size_t change = 1 + random_below(&random, 5); change > 0; change--) {
            bytes[random_below(&random, length)] = letters[random_below(&random, sizeof letters)];
        }
        try_bytes(bytes, length);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decimal_commas),
        cmocka_unit_test(test_bad_decimal_signs),
        cmocka_unit_test(test_plain),
        cmocka_unit_test(test_separators_and_line_ends),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_header),
        cmocka_unit_test(test_chosen_columns),
        cmocka_unit_test(test_many_rows),
        cmocka_unit_test(test_rows_can_be_stopped),
        cmocka_unit_test(test_bad_numbers),
        cmocka_unit_test(test_bad_shapes),
        cmocka_unit_test(test_bad_choices),
        cmocka_unit_test(test_too_many_columns),
        cmocka_unit_test(test_every_beginning),
        cmocka_unit_test(test_mutations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}

"""
Makes the Parquet files of this directory: python tests/tasks/parquet/make.py
(Python 3.11, pyarrow 26.0.1, pandas 3.1.1, polars 2.1.0)

In row n, of 200 hours from 1 May 2020 on, the load is n % 5 * 1.5, missing where n % 17 is 3; in the table of types,
each number is n - 100, or n where there is no sign.
"""
import datetime
import decimal
import os

import numpy
import pandas
import polars
import pyarrow
import pyarrow.parquet

here = os.path.dirname(os.path.abspath(__file__))
ROWS = range(200)
times = pandas.date_range("2020-05-01", periods=len(ROWS), freq="h")
loads = [None if n % 17 == 3 else n % 5 * 1.5 for n in ROWS]


def path(name):
    return os.path.join(here, f"{name}.parquet")


# Each packer, both versions of pages, several groups of rows; in the second group, all of `late` is missing.
late = [None if n >= 120 else n for n in ROWS]
table = pyarrow.table({"time": pyarrow.array(times, pyarrow.timestamp("us")), "load": loads, "late": late})
for number, packer in enumerate(["none", "snappy", "gzip", "zstd", "lz4", "brotli"]):
    pyarrow.parquet.write_table(
        table,
        path(packer),
        compression=packer,
        data_page_version=["1.0", "2.0"][number % 2],
        row_group_size=120,
        write_page_checksum=True,
    )

frame = pandas.DataFrame({"0": loads, "note": 'a "b"\tc'}, index=times)
frame.to_parquet(path("pandas"))
frame.reset_index().rename(columns={"index": "t"}).astype({"t": str}).to_parquet(path("text"), index=False)
polars.DataFrame({"time": times.to_numpy(), "load": loads}).write_parquet(path("polars"))

small = [n - 100 for n in ROWS]
columns = {
    **{name: pyarrow.array(small, getattr(pyarrow, name)()) for name in ["int8", "int16", "int32", "int64"]},
    **{name: pyarrow.array(ROWS, getattr(pyarrow, name)()) for name in ["uint8", "uint16", "uint32", "uint64"]},
    "float16": pyarrow.array(numpy.float16(small)),
    **{name: pyarrow.array(small, getattr(pyarrow, name)()) for name in ["float32", "float64"]},
    **{
        f"decimal{digits}": pyarrow.array([decimal.Decimal(n) for n in small], pyarrow.decimal128(digits, 3))
        for digits in [9, 18, 38]
    },
    "list": pyarrow.array([[1.5, 2.5]] * len(ROWS)),
    "record": pyarrow.array([{"a": 1.5, "b": 2.5}] * len(ROWS)),
    "day": pyarrow.array([day.date() for day in times], pyarrow.date32()),
    "clock": pyarrow.array([datetime.time(n % 24) for n in ROWS], pyarrow.time32("ms")),
    "last": pyarrow.array(small, pyarrow.float64()),
}
pyarrow.parquet.write_table(pyarrow.table(columns), path("types"))
plain = ["int32", "int64", "last"]
pyarrow.parquet.write_table(
    pyarrow.table({name: columns[name] for name in plain}),
    path("encodings"),
    use_dictionary=False,
    column_encoding={"int32": "DELTA_BINARY_PACKED", "int64": "DELTA_BINARY_PACKED", "last": "BYTE_STREAM_SPLIT"},
)

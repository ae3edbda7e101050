#!/usr/bin/env bash
# Saving the same tensors twice with safetensors gives two different files if they have metadata.
#
# What is surprising: Tensors are written in a fixed order, so without metadata the bytes are always the same.
# Metadata keys are not: their order is random at every call, even within one program.
#
# Library:        safetensors 0.8.0, with numpy 2.4.6.
# Expected:       Same content, same bytes: the format is simple, and its header is sorted.
# What happens:   Of twenty files with five metadata keys nearly all differ, at the same length.
# Why it matters: Checkpoints are compared, cached and identified by checksum. Compare the tensors instead, or
#                 put everything into a single metadata key.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --no-cache-dir --disable-pip-version-check \
  safetensors==0.8.0 numpy==2.4.6
cd "$work"

cat > finding.py <<'PY'
import hashlib
import numpy as np
from safetensors.numpy import save

tensors = {"lstm.weight": np.zeros((8, 2), np.float32), "lstm.bias": np.zeros(8, np.float32)}
five = {"cell": "lstm", "epoch": "25", "loss": "1.37", "seed": "1", "units": "2"}


def files(metadata):
    return [save(tensors, metadata=metadata) for _ in range(20)]


def different(name, metadata):
    saved = files(metadata)
    checksums = {hashlib.sha256(file).hexdigest() for file in saved}
    print(f"{name:20} 20 files, {len(checksums)} different, lengths {sorted({len(file) for file in saved})}")
    return len(checksums)


assert different("no metadata", None) == 1
assert different("one metadata key", {"cell": "lstm"}) == 1
assert different("five metadata keys", five) > 5
PY
venv/bin/python finding.py

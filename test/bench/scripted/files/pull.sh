#!/bin/bash
# Pulls images in parallel.
# Usage: pull.sh docker|containerd IMAGE...
set -euo pipefail
runtime=$1
shift
for image in "$@"; do
  if [ "$runtime" = docker ]; then docker pull -q "$image" > /dev/null & else crictl pull "$image" > /dev/null & fi
  pulls+=($!)
done
for pull in "${pulls[@]}"; do wait "$pull"; done

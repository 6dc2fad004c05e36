# Sourced by scripts that run machine.cpp on an x86-64 machine: what it is to find on this CPU, in $sha1 and $text.

has() { grep -qw "$1" /proc/cpuinfo; }
sha1=portable text=portable
has sha_ni && sha1=sha-ni
has sha_ni && has avx512vl && sha1=sha-ni+avx512vl
has avx2 && text=avx2
has avx512_vbmi2 && text=avx512
:

#!/usr/bin/env python3
"""Milliseconds per training step of Etalon's networks in PyTorch on the CPU, as one JSON line.

Usage: torch_step.py mlp|cnn4 [batch]

A step is forward, backward and SGD with coupled weight decay on every normalized weight; the last layer is fixed. The networks
are those of Etalon's default sizes: mlp 196-64-64-10; cnn4 with 8, 16, 32, 32 channels on 28 x 28 images.
"""
import json, sys, time
import torch, torch.nn as nn, torch.nn.functional as F


def mlp():
    return nn.Sequential(
        nn.Linear(196, 64, bias=False), nn.BatchNorm1d(64, affine=False), nn.ReLU(),
        nn.Linear(64, 64, bias=False), nn.BatchNorm1d(64, affine=False), nn.ReLU(),
        nn.Linear(64, 10, bias=False)), (196,)


def cnn4():
    layers, before = [], 1
    for i, channels in enumerate((8, 16, 32, 32)):
        layers += [nn.Conv2d(before, channels, 3, padding=1, bias=False), nn.BatchNorm2d(channels, affine=False), nn.ReLU()]
        layers += [nn.MaxPool2d(2)] if i < 2 else []
        before = channels
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(32, 10, bias=False)), (1, 28, 28)


net, shape = dict(mlp=mlp, cnn4=cnn4)[sys.argv[1]]()
batch = int(sys.argv[2]) if len(sys.argv) > 2 else 128
net[-1].weight.requires_grad_(False)
optimizer = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], 0.1, weight_decay=5e-4)
x, y = torch.randn(batch, *shape), torch.arange(batch) % 10


def step():
    optimizer.zero_grad(set_to_none=True)
    F.cross_entropy(net(x), y).backward()
    optimizer.step()


for _ in range(3):
    step()
steps, start = 0, time.perf_counter()
while steps < 50 and time.perf_counter() - start < 1:
    step()
    steps += 1
ms = (time.perf_counter() - start) / steps * 1e3
print(json.dumps(dict(peer=f"PyTorch {torch.__version__}", threads=torch.get_num_threads(), msPerStep=ms)))
